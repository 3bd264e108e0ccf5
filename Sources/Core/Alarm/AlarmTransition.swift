/// A change of an alarm that somebody wants to hear of.
package struct AlarmTransition: Hashable, Sendable {
    package var state: EventRecord.State
    /// When it came about: where a delay ran out, the end of the delay.
    package var time: Timestamp
    /// Of the last reading that had a say.
    package var value: Number?
    package var quality: Quality
    /// Said before: the alarm is active still.
    package var isRepeated: Bool

    package init(
        state: EventRecord.State, time: Timestamp, value: Number?, quality: Quality,
        isRepeated: Bool = false
    ) {
        self.state = state
        self.time = time
        self.value = value
        self.quality = quality
        self.isRepeated = isRepeated
    }
}
