/// Cuts a formula's text into numbers, names, signs and quoted units.
struct FormulaLexer {
    struct Token {
        enum Kind: Equatable {
            case number(Double)
            case name(String)
            case unit(String)
            case sign(String)
            case end
        }

        let kind: Kind
        let range: Range<Int>
    }

    private let source: String
    private let text: [UInt8]
    private var index = 0

    private init(_ source: String) {
        self.source = source
        text = Array(source.utf8)
    }

    /// The last one is the end.
    static func tokens(of text: String) throws(Formula.Malformed) -> [Token] {
        var lexer = FormulaLexer(text)
        guard lexer.text.count <= Formula.maximumLength else {
            throw lexer.malformed("expected at most \(Formula.maximumLength) bytes")
        }
        var tokens: [Token] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private mutating func next() throws(Formula.Malformed) -> Token {
        while index < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[index]) { index += 1 }
        let start = index
        guard index < text.count else { return Token(kind: .end, range: start..<start) }
        let kind: Token.Kind
        switch text[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): kind = .number(try number())
        case UInt8(ascii: "'"), UInt8(ascii: "\""): kind = .unit(try quoted())
        case let byte where Self.isLetter(byte) || byte == UInt8(ascii: "_"):
            while index < text.count, Self.isInName(text[index]) { index += 1 }
            kind = .name(String(decoding: text[start..<index], as: UTF8.self))
        default: kind = .sign(try sign())
        }
        return Token(kind: kind, range: start..<index)
    }

    private mutating func number() throws(Formula.Malformed) -> Double {
        let start = index
        skipDigits()
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            skipDigits()
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == 0x2d {
                index += 1
            }
            skipDigits()
        }
        let digits = Array(text[start..<index])
        guard index == text.count || !Self.isInName(text[index]),
            let number = Number(parsing: digits.span)
        else {
            index = start
            throw malformed(
                "expected a number such as 4.186 or 1e-3, of at most 1e60, and an "
                    + "operator after it")
        }
        return number.double
    }

    private mutating func skipDigits() {
        while index < text.count, (0x30...0x39).contains(text[index]) { index += 1 }
    }

    private mutating func quoted() throws(Formula.Malformed) -> String {
        let start = index
        let quote = text[index]
        index += 1
        while index < text.count, text[index] != quote { index += 1 }
        guard index < text.count else {
            index = start
            throw malformed("expected a closing quote")
        }
        index += 1
        return String(decoding: text[(start + 1)..<(index - 1)], as: UTF8.self)
    }

    private mutating func sign() throws(Formula.Malformed) -> String {
        for sign in ["<=", ">=", "==", "!=", "**", "&&", "||"]
        where text[index...].starts(with: sign.utf8) {
            if let instead = Self.otherLanguages[sign] {
                throw malformed("expected '\(instead)' instead of '\(sign)'")
            }
            index += 2
            return sign
        }
        for sign in ["+", "-", "*", "/", "^", "(", ")", ",", "<", ">"]
        where text[index] == sign.utf8.first {
            index += 1
            return sign
        }
        let character = String(decoding: text[index...], as: UTF8.self).prefix(1)
        let instead = Self.otherLanguages[String(character)].map { "'\($0)'" }
        throw malformed(
            "expected \(instead ?? "a number, a name or an operator") instead of '\(character)'")
    }

    private static let otherLanguages = [
        "**": "^", "&&": "and", "||": "or", "=": "==", "!": "not", "×": "*", "·": "*",
        "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "≠": "!=", "π": "pi", ";": ",",
    ]

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isInName(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".")
    }

    private func malformed(_ problem: String) -> Formula.Malformed {
        Formula.Malformed(text: source, offset: index, problem: problem)
    }
}
