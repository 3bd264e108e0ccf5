/// Births and deaths (Eclipse Sparkplug 3.0.0, sections 6.4.19, 6.4.20, 6.4.25 and 6.4.26).
extension SparkplugState {
    /// Forgets all of the session before, devices included.
    mutating func nodeBirth(_ message: inout SparkplugMessage) {
        let isKnown = take(message.node) != nil
        var session = SparkplugSession()
        session.isBorn = true
        if message.payload.sequenceNumber == nil { message.note("no sequence number") }
        if let problem = session.take(message.payload.sequenceNumber) { message.note(problem) }
        session.birthDeathNumber = message.payload.birthDeathNumber
        session.birth = message.readBirth(room: limits.metrics - metricCount)
        guard isKnown || sessions.count < limits.nodes else {
            message.note("not kept: more than \(limits.nodes) edge nodes")
            return
        }
        put(session, of: message.node)
    }

    /// A death of an older session than the present one's is none.
    mutating func nodeDeath(_ message: inout SparkplugMessage) {
        let death = message.payload.birthDeathNumber
        if let session = sessions[message.node], session.isOlder(death) {
            message.note(
                "an NDEATH of bdSeq \(death ?? 0): not of the present session, whose is "
                    + "\(session.birthDeathNumber ?? 0)")
            return
        }
        _ = take(message.node)
    }

    /// A device's birth is kept even before its edge node's, which is asked for: it is as
    /// good as it will be.
    mutating func deviceBirth(_ message: inout SparkplugMessage) {
        guard let device = message.device else { return }
        let isKnown = sessions[message.node] != nil
        var session = take(message.node) ?? SparkplugSession()
        checkBirth(of: session, isKnown: isKnown, &message)
        if session.isBorn { message.noteGap(session.take(message.payload.sequenceNumber)) }
        session.devices[device] = nil
        let others = metricCount + session.metricCount
        let birth = message.readBirth(room: limits.metrics - others)
        if deviceCount + session.devices.count < limits.devices {
            session.devices[device] = birth
        } else {
            session.isPartial = true
            message.note("not kept: more than \(limits.devices) devices")
        }
        if isKnown || sessions.count < limits.nodes { put(session, of: message.node) }
    }

    mutating func deviceDeath(_ message: inout SparkplugMessage) {
        guard let device = message.device else { return }
        let isKnown = sessions[message.node] != nil
        var session = take(message.node) ?? SparkplugSession()
        checkBirth(of: session, isKnown: isKnown, &message)
        if session.isBorn { message.noteGap(session.take(message.payload.sequenceNumber)) }
        session.devices[device] = nil
        if isKnown { put(session, of: message.node) }
    }

    /// An edge node that there is no room for is not asked for the birth that would not be
    /// kept.
    func checkBirth(
        of session: SparkplugSession, isKnown: Bool, _ message: inout SparkplugMessage
    ) {
        guard !session.isBorn else { return }
        message.note("no birth of edge node \(message.node)")
        if isKnown || sessions.count < limits.nodes { message.askForRebirth() }
    }
}
