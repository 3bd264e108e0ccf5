/// An alarm that is not over.
package struct StandingAlarm: Hashable, Sendable {
    package let name: String
    package let series: Series
    package let state: EventRecord.State
    package let severity: EventRecord.Severity
    let id: SeriesID
}
