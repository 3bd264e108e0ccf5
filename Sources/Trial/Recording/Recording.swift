/// Messages that were written down, one after another.
package protocol Recording: ~Copyable {
    /// `nil` at the end.
    ///
    /// - Throws: `RecordingError`, after which there is nothing more.
    mutating func next() throws(RecordingError) -> RecordedMessage?
}
