/// A value of a series at a moment.
package struct Reading: Hashable, Sendable {
    package var time: Timestamp
    package var number: Number
    package var quality: Quality

    package init(time: Timestamp, number: Number, quality: Quality = .good) {
        self.time = time
        self.number = number
        self.quality = quality
    }
}
