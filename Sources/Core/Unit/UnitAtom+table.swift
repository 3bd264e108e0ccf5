extension UnitAtom {
    /// By their codes; from UCUM 2.1 (ucum-essence.xml) those that plants meet, with its
    /// values, also where later constants of nature differ (mol, u, [e]).
    static let all = Dictionary(
        (base + numbers + si + time + mechanics + heat + customary + information + flow).map {
            ($0.code, $0)
        }, uniquingKeysWith: { first, _ in first })

    /// UCUM 2.1, table 1; the longer ones first.
    static let prefixes: [(String, Magnitude)] = [
        ("Ki", Magnitude(1 << 10)), ("Mi", Magnitude(1 << 20)), ("Gi", Magnitude(1 << 30)),
        ("Ti", Magnitude(1 << 40)), ("da", Magnitude(10)), ("Y", Magnitude(1, tens: 24)),
        ("Z", Magnitude(1, tens: 21)), ("E", Magnitude(1, tens: 18)),
        ("P", Magnitude(1, tens: 15)), ("T", Magnitude(1, tens: 12)),
        ("G", Magnitude(1, tens: 9)), ("M", Magnitude(1, tens: 6)),
        ("k", Magnitude(1, tens: 3)), ("h", Magnitude(1, tens: 2)),
        ("d", Magnitude(1, tens: -1)), ("c", Magnitude(1, tens: -2)),
        ("m", Magnitude(1, tens: -3)), ("u", Magnitude(1, tens: -6)),
        ("n", Magnitude(1, tens: -9)), ("p", Magnitude(1, tens: -12)),
        ("f", Magnitude(1, tens: -15)), ("a", Magnitude(1, tens: -18)),
        ("z", Magnitude(1, tens: -21)), ("y", Magnitude(1, tens: -24)),
    ]

    private static let base = Dimension.symbols.map { UnitAtom($0, $0, metric: true) }

    private static let numbers = [
        UnitAtom("10*", "1", 10), UnitAtom("10^", "1", 10), UnitAtom("[pi]", "1"),
        UnitAtom("%", "1", tens: -2), UnitAtom("[ppth]", "1", tens: -3),
        UnitAtom("[ppm]", "1", tens: -6), UnitAtom("[ppb]", "1", tens: -9),
        UnitAtom("[pptr]", "1", tens: -12),
    ]

    private static let si = [
        UnitAtom("mol", "1", 60_221_367, tens: 16, metric: true),
        UnitAtom("sr", "rad2", metric: true), UnitAtom("Hz", "s-1", metric: true),
        UnitAtom("N", "kg.m/s2", metric: true), UnitAtom("Pa", "N/m2", metric: true),
        UnitAtom("J", "N.m", metric: true), UnitAtom("W", "J/s", metric: true),
        UnitAtom("A", "C/s", metric: true), UnitAtom("V", "J/C", metric: true),
        UnitAtom("F", "C/V", metric: true), UnitAtom("Ohm", "V/A", metric: true),
        UnitAtom("S", "Ohm-1", metric: true), UnitAtom("Wb", "V.s", metric: true),
        UnitAtom("T", "Wb/m2", metric: true), UnitAtom("H", "Wb/A", metric: true),
        UnitAtom("lm", "cd.sr", metric: true), UnitAtom("lx", "lm/m2", metric: true),
        UnitAtom("Bq", "s-1", metric: true), UnitAtom("Gy", "J/kg", metric: true),
        UnitAtom("Sv", "J/kg", metric: true), UnitAtom("Cel", "K", metric: true, zero: 49_167),
        UnitAtom("[e]", "C", 160_217_733, tens: -27, metric: true),
        UnitAtom("eV", "[e].V", metric: true), UnitAtom("[c]", "m/s", 299_792_458, metric: true),
    ]

    private static let time = [
        UnitAtom("min", "s", 60), UnitAtom("h", "min", 60), UnitAtom("d", "h", 24),
        UnitAtom("wk", "d", 7), UnitAtom("a", "d", 36_525, tens: -2),
        UnitAtom("a_j", "d", 36_525, tens: -2), UnitAtom("a_g", "d", 3_652_425, tens: -4),
        UnitAtom("mo", "a_j/12"), UnitAtom("mo_j", "a_j/12"), UnitAtom("mo_g", "a_g/12"),
        UnitAtom("deg", "[pi].rad/360", 2), UnitAtom("gon", "deg", 9, tens: -1),
        UnitAtom("'", "deg/60"), UnitAtom("''", "'/60"), UnitAtom("circ", "[pi].rad", 2),
    ]

    private static let mechanics = [
        UnitAtom("l", "dm3", metric: true), UnitAtom("L", "l", metric: true),
        UnitAtom("ar", "m2", 100, metric: true), UnitAtom("t", "kg", 1_000, metric: true),
        UnitAtom("u", "g", 16_605_402, tens: -31, metric: true),
        UnitAtom("bar", "Pa", tens: 5, metric: true), UnitAtom("atm", "Pa", 101_325),
        UnitAtom("att", "kgf/cm2"), UnitAtom("[g]", "m/s2", 980_665, tens: -5, metric: true),
        UnitAtom("gf", "g.[g]", metric: true), UnitAtom("[lbf_av]", "[lb_av].[g]"),
        UnitAtom("dyn", "g.cm/s2", metric: true), UnitAtom("erg", "dyn.cm", metric: true),
        UnitAtom("P", "dyn.s/cm2", metric: true), UnitAtom("St", "cm2/s", metric: true),
        UnitAtom("G", "T", tens: -4, metric: true), UnitAtom("Gal", "cm/s2", metric: true),
        UnitAtom("m[H2O]", "kPa", 980_665, tens: -5, metric: true),
        UnitAtom("m[Hg]", "kPa", 1_333_220, tens: -4, metric: true),
        UnitAtom("[in_i'H2O]", "m[H2O].[in_i]/m"), UnitAtom("[in_i'Hg]", "m[Hg].[in_i]/m"),
        UnitAtom("[psi]", "[lbf_av]/[in_i]2"),
    ]

    private static let heat = [
        UnitAtom("[degF]", "K/9", 5, zero: 45_967), UnitAtom("[degR]", "K/9", 5),
        UnitAtom("cal_[15]", "J", 41_858, tens: -4, metric: true),
        UnitAtom("cal_IT", "J", 41_868, tens: -4, metric: true),
        UnitAtom("cal_th", "J", 4_184, tens: -3, metric: true),
        UnitAtom("cal", "cal_th", metric: true),
        UnitAtom("[Btu_IT]", "kJ", 105_505_585_262, tens: -11),
        UnitAtom("[Btu_th]", "kJ", 105_435, tens: -5), UnitAtom("[Btu]", "[Btu_th]"),
        UnitAtom("[HP]", "[ft_i].[lbf_av]/s", 550),
    ]

    private static let customary = [
        UnitAtom("[in_i]", "cm", 254, tens: -2), UnitAtom("[ft_i]", "[in_i]", 12),
        UnitAtom("[yd_i]", "[ft_i]", 3), UnitAtom("[mi_i]", "[ft_i]", 5_280),
        UnitAtom("[nmi_i]", "m", 1_852), UnitAtom("[kn_i]", "[nmi_i]/h"),
        UnitAtom("[mil_i]", "[in_i]", tens: -3), UnitAtom("[sin_i]", "[in_i]2"),
        UnitAtom("[sft_i]", "[ft_i]2"), UnitAtom("[cin_i]", "[in_i]3"),
        UnitAtom("[cft_i]", "[ft_i]3"), UnitAtom("[cyd_i]", "[yd_i]3"),
        UnitAtom("[gr]", "mg", 6_479_891, tens: -5), UnitAtom("[lb_av]", "[gr]", 7_000),
        UnitAtom("[oz_av]", "[lb_av]/16"), UnitAtom("[ston_av]", "[lb_av]", 2_000),
        UnitAtom("[lton_av]", "[lb_av]", 2_240), UnitAtom("[gal_us]", "[in_i]3", 231),
        UnitAtom("[bbl_us]", "[gal_us]", 42), UnitAtom("[qt_us]", "[gal_us]/4"),
        UnitAtom("[pt_us]", "[qt_us]/2"), UnitAtom("[foz_us]", "[gal_us]/128"),
        UnitAtom("[gal_br]", "l", 454_609, tens: -5),
    ]

    private static let information = [
        UnitAtom("bit", "1", metric: true), UnitAtom("By", "bit", 8, metric: true),
        UnitAtom("Bd", "/s", metric: true),
    ]

    private static let flow = [
        UnitAtom("kat", "mol/s", metric: true), UnitAtom("U", "umol/min", metric: true),
        UnitAtom("eq", "mol", metric: true), UnitAtom("osm", "mol", metric: true),
    ]
}
