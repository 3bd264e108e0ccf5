extension FusionPlan {
    /// Which readings belong together.
    package enum Alignment: Hashable, Sendable {
        /// One reading of each input, as they come. A round ends when the last input has come,
        /// when one comes a second time, when a reading is too far from the others in time, or
        /// when nothing more comes.
        case round
        /// With each reading of the leading input, or of any if none leads: the latest reading
        /// of each other no more than `tolerance` before it, else the next one no more than
        /// `tolerance` after it.
        case asOf(leading: Int?)
        /// At the multiples of `every` since 1970, in event time: as soon as each live input
        /// has passed one, or `delay` after the first did, by arrival.
        case grid(every: Microseconds, Resampling, delay: Microseconds)
    }

    /// An input's value at a point of the grid.
    package enum Resampling: Hashable, Sendable {
        /// Its latest reading, no older than `tolerance`.
        case asOf
        /// On the line between its neighbours where they are no more than `tolerance` apart,
        /// else as of.
        case interpolated
    }
}
