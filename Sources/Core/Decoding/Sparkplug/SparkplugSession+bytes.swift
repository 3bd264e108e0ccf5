extension SparkplugSession {
    func encode(into writer: inout ByteWriter) {
        writer.byte(isBorn ? 1 : 0)
        writer.byte(isPartial ? 1 : 0)
        writer.byte(nextSequenceNumber == nil ? 0 : 1)
        writer.byte(nextSequenceNumber ?? 0)
        writer.byte(birthDeathNumber == nil ? 0 : 1)
        writer.varint(birthDeathNumber ?? 0)
        birth.encode(into: &writer)
        writer.count(devices.count)
        for (name, birth) in devices.sorted(by: { $0.key < $1.key }) {
            writer.text(name)
            birth.encode(into: &writer)
        }
    }

    init(from reader: inout ByteReader, _ limits: SparkplugLimits) throws(FormatError) {
        isBorn = try reader.flag()
        isPartial = try reader.flag()
        let hasSequence = try reader.flag()
        let sequenceNumber = try reader.byte()
        nextSequenceNumber = hasSequence ? sequenceNumber : nil
        let hasDeathNumber = try reader.flag()
        let deathNumber = try reader.varint()
        birthDeathNumber = hasDeathNumber ? deathNumber : nil
        birth = try SparkplugBirth(from: &reader, limits)
        for _ in 0..<(try reader.count(ofAtLeast: 4)) {
            let name = try reader.text()
            guard devices[name] == nil, name.utf8.count <= limits.nameLength else {
                throw .malformed("a device twice, or with too long a name")
            }
            devices[name] = try SparkplugBirth(from: &reader, limits)
        }
    }
}
