internal import Glibc
internal import Synchronization

/// What the linker finds in the place of the standard library's way to wait for a `Mutex`
/// (`_MutexHandle`, Linux), in a build for the thread sanitizer. The library is not
/// instrumented: who had to wait seems to have entered unasked, and what is guarded seems to
/// race. This one waits in sight: by atomics that the sanitizer sees.
struct MutexHandle: ~Copyable {
    /// As there: zero, or the thread that holds it.
    private let storage: Atomic<UInt32>

    @_silgen_name("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF")
    borrowing func lockSlow(_ own: UInt32) {
        while !storage.compareExchange(
            expected: 0, desired: own, ordering: .acquiringAndReleasing
        ).exchanged { sched_yield() }
    }
}
