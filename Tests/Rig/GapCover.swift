/// What a gap record can speak of at most.
struct GapCover {
    enum Unit {
        /// Whole windows.
        case windows
        case readings
    }

    let unit: Unit
    /// `nil`: nobody knows how many.
    var count: Int?
    /// Where the windows begin, in milliseconds since 1970.
    let starts: Range<Int64>
}
