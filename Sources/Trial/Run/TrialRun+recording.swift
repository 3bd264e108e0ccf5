package import Core

extension TrialRun {
    /// What ended a run before its time.
    package enum Stop<E: Error>: Error {
        case recording(RecordingError)
        case step(E)
    }

    /// Takes the whole recording.
    ///
    /// - Parameter untilSilence: whether time goes on at the end until all has closed that
    ///   closes in silence; also where the recording can't be read on.
    /// - Throws: what the recording or the step throws.
    package mutating func run<R: Recording & ~Copyable, E: Error>(
        over recording: inout R, untilSilence: Bool = true,
        _ step: (Timestamp, Effects) throws(E) -> Void
    ) throws(Stop<E>) {
        var failure: RecordingError?
        do {
            while let message = recording.next(or: &failure) { try receive(message, step) }
            if untilSilence { try finish(step) }
        } catch {
            throw .step(error)
        }
        if let failure { throw .recording(failure) }
    }
}

extension Recording where Self: ~Copyable {
    /// The next message; `nil` at the end and where it can't be read on.
    fileprivate mutating func next(or failure: inout RecordingError?) -> RecordedMessage? {
        do {
            return try next()
        } catch {
            failure = error
            return nil
        }
    }
}
