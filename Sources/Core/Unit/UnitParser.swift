/// Reads a UCUM term (UCUM 2.1, sections 3 to 12): from left to right, `.` and `/` alike.
struct UnitParser {
    struct Failure: Error {
        let expected: String
    }

    private static let maximumDepth = 8

    private let text: [UInt8]
    private var index = 0

    init(_ code: String) { text = Array(code.utf8) }

    mutating func parse() throws(Failure) -> Quantity {
        guard !text.isEmpty else { throw Failure(expected: "a UCUM code such as 'Cel'") }
        guard text.count <= UnitOfMeasure.maximumLength else {
            throw Failure(expected: "at most \(UnitOfMeasure.maximumLength) bytes")
        }
        guard text.allSatisfy({ (33...126).contains($0) }) else {
            throw Failure(expected: "a UCUM code: printable ASCII without spaces")
        }
        let quantity = try term(depth: 0)
        guard index == text.count else { throw Failure(expected: "'(' before ')'") }
        return quantity
    }

    private var next: UInt8? { index < text.count ? text[index] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func term(depth: Int) throws(Failure) -> Quantity {
        guard depth <= Self.maximumDepth else {
            throw Failure(expected: "at most \(Self.maximumDepth) parentheses in each other")
        }
        var isFirst = true
        var isCompound = false
        var product = Quantity.one
        while let byte = next, byte != UInt8(ascii: ")") {
            var divides = false
            if byte == UInt8(ascii: "/") {
                divides = true
                index += 1
            } else if !isFirst {
                guard take(UInt8(ascii: ".")) else {
                    throw Failure(expected: "'.' or '/' before '\(rest)'")
                }
            }
            isCompound = isCompound || divides || !isFirst
            let factor = try component(depth: depth)
            if isFirst, !divides {
                product = factor
            } else {
                product = try Self.product(product, factor, divides: divides)
            }
            isFirst = false
        }
        guard !isFirst else { throw Failure(expected: "a unit in parentheses") }
        return product
    }

    private static func product(
        _ left: Quantity, _ right: Quantity, divides: Bool
    ) throws(Failure) -> Quantity {
        guard !left.isScale, !right.isScale else { throw Failure(expected: scaleAlone) }
        guard let factor = divides ? right.power(-1) : right, let product = left.times(factor)
        else { throw Failure(expected: tooLarge) }
        return product
    }

    private static let scaleAlone =
        "Cel and [degF] alone, since they are scales: K in a product, as in 'K/min'"
    private static let tooLarge = "exponents up to 60 and factors from 1e-120 to 1e120"

    private mutating func component(depth: Int) throws(Failure) -> Quantity {
        switch next {
        case nil: throw Failure(expected: "a unit at the end")
        case UInt8(ascii: "("):
            index += 1
            let inner = try term(depth: depth + 1)
            guard take(UInt8(ascii: ")")) else { throw Failure(expected: "a ')' for each '('") }
            return inner
        case UInt8(ascii: "{"):
            try annotation()
            return .one
        case .some(let byte) where Self.isDigit(byte) && !isPowerOfTen:
            let number = try number()
            if next == UInt8(ascii: "{") { try annotation() }
            return number
        default: break
        }
        let symbol = try symbol()
        var quantity = try UnitAtom.quantity(of: symbol)
        if let exponent = try exponent() {
            guard !quantity.isScale else { throw Failure(expected: Self.scaleAlone) }
            guard let power = quantity.power(exponent) else {
                throw Failure(expected: Self.tooLarge)
            }
            quantity = power
        }
        if next == UInt8(ascii: "{") { try annotation() }
        return quantity
    }

    /// A remark in braces, which means nothing.
    private mutating func annotation() throws(Failure) {
        index += 1
        while let byte = next, byte != UInt8(ascii: "}"), byte != UInt8(ascii: "{") { index += 1 }
        guard take(UInt8(ascii: "}")) else { throw Failure(expected: "a '}' for each '{'") }
    }

    private mutating func number() throws(Failure) -> Quantity {
        var value: UInt64 = 0
        while let byte = next, Self.isDigit(byte) {
            value = min(value * 10 + UInt64(byte - UInt8(ascii: "0")), 1_000_000_000_000)
            index += 1
        }
        let isDecimal =
            index + 1 < text.count && text[index] == UInt8(ascii: ".")
            && Self.isDigit(text[index + 1])
        guard !isDecimal else {
            throw Failure(expected: "whole numbers: '.' multiplies, and 0.1 is '10*-1'")
        }
        guard value > 0, value < 1_000_000_000_000 else {
            throw Failure(expected: "a number from 1 to 999999999999")
        }
        return Quantity(dimension: .none, magnitude: Magnitude(value))
    }

    /// Up to what ends it; brackets are taken whole.
    private mutating func symbol() throws(Failure) -> String {
        let start = index
        var inBrackets = false
        if isPowerOfTen {
            index += 3
        } else {
            while let byte = next {
                if byte == UInt8(ascii: "]") { inBrackets = false }
                if byte == UInt8(ascii: "[") { inBrackets = true }
                if !inBrackets, Self.isDigit(byte) || Self.ends.contains(byte) { break }
                index += 1
            }
        }
        guard !inBrackets else { throw Failure(expected: "a ']' for each '['") }
        guard index > start else { throw Failure(expected: "a unit before '\(rest)'") }
        return String(decoding: text[start..<index], as: UTF8.self)
    }

    private static let ends = Array("./(){}+-".utf8)

    /// `10*` or `10^`, which take an exponent.
    private var isPowerOfTen: Bool {
        index + 2 < text.count && text[index] == UInt8(ascii: "1")
            && text[index + 1] == UInt8(ascii: "0")
            && (text[index + 2] == UInt8(ascii: "*") || text[index + 2] == UInt8(ascii: "^"))
    }

    private mutating func exponent() throws(Failure) -> Int? {
        let isNegative = take(UInt8(ascii: "-"))
        let isSigned = isNegative || take(UInt8(ascii: "+"))
        let start = index
        var value = 0
        while let byte = next, Self.isDigit(byte) {
            value = min(value * 10 + Int(byte - UInt8(ascii: "0")), 1_000)
            index += 1
        }
        guard index > start else {
            guard !isSigned else { throw Failure(expected: "digits after an exponent's sign") }
            return nil
        }
        return isNegative ? -value : value
    }

    private var rest: String { String(decoding: text[index...].prefix(16), as: UTF8.self) }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
