/// Why the benchmark can't go on, in words for the person who runs it.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    static let usage = """
        usage: tidegate-bench [--quick] [--only flood,mosquitto,steady,wire,core,reaction,series] [--rounds N]
                              [--bare-only]
        parts: tidegate-bench flood-broker | bare-subscriber | load, see docs/benchmarks.md
        """
}
