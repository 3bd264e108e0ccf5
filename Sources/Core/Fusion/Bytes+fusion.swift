extension ByteWriter {
    mutating func reading(_ reading: Reading) {
        time(reading.time)
        number(reading.number)
        quality(reading.quality)
    }
}

extension ByteReader {
    mutating func reading() throws(FormatError) -> Reading {
        Reading(time: try time(), number: try measured(), quality: try quality())
    }

    mutating func flag() throws(FormatError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        case let byte: throw .malformed("\(byte) where 0 or 1 belongs")
        }
    }

    /// A mean, a bias: no larger than what they are made of can make them.
    mutating func level() throws(FormatError) -> Double {
        let value = try double()
        guard value.magnitude <= 100 * Number.largest else {
            throw .malformed("a mean of \(value)")
        }
        return value
    }

    /// Not negative.
    mutating func variance() throws(FormatError) -> Double {
        let value = try double()
        guard value >= 0, value <= 1e4 * Number.largest * Number.largest else {
            throw .malformed("a variance of \(value)")
        }
        return value
    }
}
