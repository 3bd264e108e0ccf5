extension SparkplugMetric {
    /// Why a metric is no reading.
    struct Unread: Error, Hashable {
        let reason: String
    }

    /// - Parameter datatype: the metric's own or its birth's; 0 where neither says it.
    func value(as datatype: UInt32) throws(Unread) -> DecodedReading.Value {
        guard datatype != 0 else { return try valueOfItsOwn() }
        guard let type = UInt8(exactly: datatype).flatMap(SparkplugDataType.init) else {
            throw Unread(reason: "datatype \(datatype): unknown")
        }
        switch (type, value) {
        case (.int8, _), (.int16, _), (.int32, _), (.int64, _): return try signed(type)
        case (.uint8, _), (.uint16, _), (.uint32, _), (.uint64, _), (.dateTime, _):
            return try unsigned(type)
        case (.float, .float(let value)), (.double, .float(let value)):
            return try number(Double(value))
        case (.float, .double(let value)), (.double, .double(let value)):
            return try number(value)
        case (.boolean, .flag(let value)): return .flag(value)
        case (.string, .text(let text)), (.text, .text(let text)), (.uuid, .text(let text)):
            return .text(text)
        case (.string, .noText), (.text, .noText), (.uuid, .noText):
            throw Unread(reason: "text that is not UTF-8")
        case (.float, _), (.double, _), (.boolean, _), (.string, _), (.text, _), (.uuid, _):
            throw mismatch(type)
        default: throw Unread(reason: "\(type): not read")
        }
    }

    /// An integer alone does not tell whether it is signed, nor of how many bits.
    private func valueOfItsOwn() throws(Unread) -> DecodedReading.Value {
        switch value {
        case .float(let value): return try number(Double(value))
        case .double(let value): return try number(value)
        case .flag(let value): return .flag(value)
        case .text(let text): return .text(text)
        case .none: throw Unread(reason: "no value")
        case .noText: throw Unread(reason: "text that is not UTF-8")
        case .int, .long: throw Unread(reason: "an integer whose datatype is not known")
        case .bytes, .dataset, .template, .other: throw Unread(reason: "\(value): not read")
        }
    }

    /// Two's complement, of the type's own width or of the field's: clients do either.
    private func signed(_ type: SparkplugDataType) throws(Unread) -> DecodedReading.Value {
        let integer: Int64
        switch value {
        case .int(let value): integer = Int64(Int32(bitPattern: value))
        case .long(let value): integer = Int64(bitPattern: value)
        default: throw mismatch(type)
        }
        let unused = Int64(64 - type.bits)
        let narrowed = (integer << unused) >> unused
        let isCutOff = integer >= 0 && integer >> Int64(type.bits - 1) <= 1
        guard narrowed == integer || isCutOff else {
            throw Unread(reason: "\(integer) is no \(type)")
        }
        return .number(.decimal(mantissa: narrowed, scale: 0))
    }

    private func unsigned(_ type: SparkplugDataType) throws(Unread) -> DecodedReading.Value {
        let integer: UInt64
        switch value {
        case .int(let value): integer = UInt64(value)
        case .long(let value): integer = value
        default: throw mismatch(type)
        }
        guard integer <= UInt64.max >> UInt64(64 - type.bits) else {
            throw Unread(reason: "\(integer) is no \(type)")
        }
        return .number(Number(unsigned: integer))
    }

    private func number(_ value: Double) throws(Unread) -> DecodedReading.Value {
        guard let number = Number(shortest: value) else {
            throw Unread(reason: "\(value) is no number that can be measured")
        }
        return .number(number)
    }

    private func mismatch(_ type: SparkplugDataType) -> Unread {
        Unread(reason: value == .none ? "no value" : "a value that is no \(type)")
    }
}
