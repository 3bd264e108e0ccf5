/// Data (Eclipse Sparkplug 3.0.0, sections 6.4.21 and 6.4.22).
extension SparkplugState {
    mutating func data(_ message: inout SparkplugMessage) {
        // In its place: nothing that is counted changes, and there may be much of it.
        let isKnown = sessions[message.node] != nil
        if isKnown, sessions[message.node]?.isBorn == true {
            message.noteGap(sessions[message.node]?.take(message.payload.sequenceNumber))
        }
        let session = sessions[message.node] ?? SparkplugSession()
        checkBirth(of: session, isKnown: isKnown, &message)
        var birth: SparkplugBirth? = session.birth
        if let device = message.device {
            birth = session.devices[device]
            if birth == nil, session.isBorn {
                message.note("no birth of device \(device) of \(message.node)")
                if !session.isPartial { message.askForRebirth() }
            }
        }
        let isWorthAsking = session.isBorn && birth?.isPartial == false
        message.readData(birth ?? SparkplugBirth(), isWorthAsking: isWorthAsking)
    }
}
