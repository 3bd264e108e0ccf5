/// A single reading that is shipped as it is: of a stream that is reported by exception.
package struct SampleRecord: Hashable, Sendable {
    package var series: SeriesID
    package var reading: Reading

    package init(series: SeriesID, reading: Reading) {
        self.series = series
        self.reading = reading
    }
}
