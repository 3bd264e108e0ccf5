extension QualityGate {
    package func encode(into writer: inout ByteWriter) {
        writer.byte((hasReference ? 1 : 0) | (isStale ? 2 : 0))
        writer.time(lastArrival)
        guard hasReference else { return }
        writer.byte(older)
        writer.byte(jumps)
        writer.point(reference)
        writer.point(run)
        if jumps > 0 { writer.point(suspect) }
    }

    package init(from reader: inout ByteReader) throws(FormatError) {
        let flags = try reader.byte()
        guard flags <= 3 else { throw .malformed("a quality gate of flags \(flags)") }
        hasReference = flags & 1 != 0
        isStale = flags & 2 != 0
        lastArrival = try reader.time()
        guard hasReference else { return }
        older = try reader.byte()
        guard older < Self.olderLimit else {
            throw .malformed("\(older) older readings in a row")
        }
        jumps = try reader.byte()
        reference = try reader.point()
        run = try reader.point()
        if jumps > 0 { suspect = try reader.point() }
    }
}

extension ByteWriter {
    fileprivate mutating func point(_ point: QualityGate.Point) {
        time(point.time)
        double(point.value)
    }
}

extension ByteReader {
    fileprivate mutating func point() throws(FormatError) -> QualityGate.Point {
        let time = try time()
        let value = try double()
        guard value.magnitude <= 10 * Number.largest else {
            throw .malformed("a reading of \(value)")
        }
        return QualityGate.Point(time: time, value: value)
    }
}
