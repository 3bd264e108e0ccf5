/// A promise broken on purpose, to see that the simulation notices.
package enum Sabotage: CaseIterable, Sendable {
    /// Acknowledgements go out with something uncommitted.
    case acknowledgeEarly
    /// What comes again is not known again after a restart.
    case filterOff
    /// The windows' state is not there any more after a restart.
    case stateForgotten
    /// A batch that is sent again is sealed anew.
    case batchResealed
    /// A batch goes before the receiver has it.
    case confirmBeforeStored
}
