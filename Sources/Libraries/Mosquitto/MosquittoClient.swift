internal import CMosquitto
package import OpenSSL

#if canImport(Glibc)
    internal import Glibc
#endif

/// libmosquitto with the loop in its owner's hand: nothing is read, written or
/// acknowledged but inside a call. One thread owns it.
///
/// An acknowledgement is queued when a message is read, and goes out with the next
/// `write`: with "threaded" set, no other call writes to the socket.
package final class MosquittoClient {
    private let handle: OpaquePointer
    private let hears = Hears()
    private let cleanSession: Bool
    /// Whether the last `read` found nothing more to read.
    package private(set) var isDrained = false
    /// From the next connection on; else MQTT 3.1.1. With MQTT 5 the broker is told how large
    /// a packet it may send: libmosquitto itself takes any, and makes room for it twice.
    package var speaksMQTT5 = true

    /// Held weakly.
    package var events: (any MosquittoEvents)? {
        get { hears.events }
        set { hears.events = newValue }
    }

    /// - Parameters:
    ///   - cleanSession: false keeps the session at the broker while we are away.
    ///   - wakeUpPair: libmosquitto's internal socket pair costs a system call a packet and
    ///     serves only loops in other threads. Leaving it out lowers this process's limit of
    ///     open files to 0 for a moment: only before other threads start.
    package init(
        clientID: String, cleanSession: Bool, wakeUpPair: Bool = true
    ) throws(MosquittoError) {
        _ = Self.library
        let userData = Unmanaged.passUnretained(hears).toOpaque()
        let made =
            wakeUpPair
            ? mosquitto_new(clientID, cleanSession, userData)
            : Self.withoutNewFiles { mosquitto_new(clientID, cleanSession, userData) }
        guard let made else { throw MosquittoError(MOSQ_ERR_ERRNO.code) }
        handle = made
        self.cleanSession = cleanSession
        mosquitto_threaded_set(handle, true)
        setCallbacks()
    }

    deinit { mosquitto_destroy(handle) }

    /// Once, before `connect`.
    package func use(_ tls: borrowing TLSClientContext) {
        mosquitto_int_option(handle, MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0)
        mosquitto_void_option(handle, MOSQ_OPT_SSL_CTX, UnsafeMutableRawPointer(tls.pointer))
    }

    /// For one that publishes, before `connect`: what is written leaves at once and not when a
    /// segment is full, and so many messages may be on their way.
    package func prepareToPublish(maximumInFlight: Int) {
        mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1)
        mosquitto_int_option(handle, MOSQ_OPT_SEND_MAXIMUM, Int32(maximumInFlight))
    }

    /// Opens the connection; blocks for DNS and TCP. The broker's answer comes by `read`.
    ///
    /// - Parameters:
    ///   - keepAlive: seconds.
    ///   - maximumPacket: bytes; larger ones the broker is to drop. MQTT 5 only.
    ///   - receiveMaximum: messages that the broker may send without an acknowledgement, at
    ///     most 65,535. MQTT 5 only; else the broker's own setting counts.
    package func connect(
        host: String, port: Int, keepAlive: Int, maximumPacket: Int, receiveMaximum: Int
    ) throws(MosquittoError) {
        TLSError.forget()
        hears.reason = nil
        listenForReasons()
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if speaksMQTT5 {
            mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5)
            mosquitto_int_option(handle, MOSQ_OPT_RECEIVE_MAXIMUM, Int32(receiveMaximum))
            // A session outlives the connection without an end, or not at all.
            mosquitto_property_add_int32(
                &properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue),
                cleanSession ? 0 : .max)
            mosquitto_property_add_int32(
                &properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue),
                UInt32(clamping: maximumPacket))
        } else {
            mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V311)
        }
        try check(
            mosquitto_connect_bind_v5(
                handle, host, Int32(port), Int32(keepAlive), nil, properties))
    }

    /// Reads at most one packet.
    package func read() throws(MosquittoError) {
        TLSError.forget()
        errno = 0
        let code = mosquitto_loop_read(handle, 1)
        isDrained = errno == EAGAIN
        try check(code)
    }

    /// Writes what is queued, acknowledgements included.
    package func write() throws(MosquittoError) {
        TLSError.forget()
        try check(mosquitto_loop_write(handle, 1))
    }

    /// Keep-alive.
    package func tend() throws(MosquittoError) { try check(mosquitto_loop_misc(handle)) }

    package var wantsToWrite: Bool { mosquitto_want_write(handle) }

    package var socket: Int32? {
        let socket = mosquitto_socket(handle)
        return socket < 0 ? nil : socket
    }

    package var tlsConnection: TLSConnection? {
        mosquitto_ssl_get(handle).map { TLSConnection($0) }
    }

    /// Asks for the filters at QoS 1 in one SUBSCRIBE.
    package func subscribe(_ filters: [String]) throws(MosquittoError) {
        try withCStrings(filters) { pointers in
            mosquitto_subscribe_multiple(
                handle, nil, Int32(filters.count), pointers, 1, 0, nil)
        }
    }

    /// Takes one filter out of the session.
    package func unsubscribe(_ filter: String) throws(MosquittoError) {
        try check(mosquitto_unsubscribe(handle, nil, filter))
    }

    /// Queues a message at QoS 1 for the next `write`, and for the next connections until the
    /// broker has answered it.
    ///
    /// - Returns: the packet id that `published` will name.
    /// - Throws: for a message that can't be sent at all.
    package func publish(
        topic: String, payload: [UInt8], isRetained: Bool
    ) throws(MosquittoError) -> Int32 {
        var packetID: Int32 = 0
        let code = mosquitto_publish(
            handle, &packetID, topic, Int32(payload.count), payload, 1, isRetained)
        // Without a connection it is queued all the same.
        if code != MOSQ_ERR_NO_CONN.code { try check(code) }
        return packetID
    }

    /// Ends the connection without a word to the broker, so that no queued
    /// acknowledgement goes out.
    package func abandon() {
        guard let socket else { return }
        shutdown(socket, Int32(SHUT_RDWR))
        // libmosquitto notices when it reads.
        while self.socket != nil {
            do { try read() } catch { return }
        }
    }

    /// DISCONNECT. Only when nothing unacknowledged is queued.
    package func disconnect() {
        mosquitto_disconnect(handle)
        mosquitto_loop_write(handle, 1)
    }

    /// What a code in a CONNACK means (MQTT 3.1.1, table 3.1; MQTT 5, section 3.2.2.2).
    package static func meaning(ofAnswer code: Int32) -> String {
        String(
            cString: code < 128 ? mosquitto_connack_string(code) : mosquitto_reason_string(code))
    }

    /// Whether a code in a CONNACK says that the broker does not know our protocol's version:
    /// of MQTT 3.1.1 and of MQTT 5.
    package static func isVersionRefused(_ code: Int32) -> Bool { code == 1 || code == 132 }

    private func setCallbacks() {
        mosquitto_connect_with_flags_callback_set(handle) { handle, hears, code, flags in
            if code == 0 { mosquitto_log_callback_set(handle, nil) }
            Hears.from(hears)?.connected(code: code, sessionPresent: flags & 1 == 1)
        }
        mosquitto_message_callback_set(handle) { _, hears, message in
            guard let events = Hears.from(hears), let message = message?.pointee else { return }
            let topic = UnsafeRawBufferPointer(start: message.topic, count: strlen(message.topic))
            let payload = UnsafeRawBufferPointer(
                start: message.payload, count: Int(message.payloadlen))
            events.received(
                packetID: UInt16(truncatingIfNeeded: message.mid),
                topic: topic.assumingMemoryBound(to: UInt8.self).span,
                payload: payload.assumingMemoryBound(to: UInt8.self).span,
                isRetained: message.retain)
        }
        mosquitto_subscribe_callback_set(handle) { _, hears, _, count, granted in
            Hears.from(hears)?.subscribed(
                granted: Array(UnsafeBufferPointer(start: granted, count: Int(count))))
        }
        mosquitto_unsubscribe_callback_set(handle) { _, hears, _ in
            Hears.from(hears)?.unsubscribed()
        }
        // Reason codes: MQTT 5, section 2.4; from 0x80 on they are refusals.
        mosquitto_publish_v5_callback_set(handle) { _, hears, packetID, reason, _ in
            Hears.from(hears)?.published(
                packetID: packetID,
                refusal: reason < 0x80 ? nil : String(cString: mosquitto_reason_string(reason)))
        }
    }

    /// While a connection is made: for whoever listens, libmosquitto writes lines about each
    /// message too, a tenth of what a message costs.
    private func listenForReasons() {
        mosquitto_log_callback_set(handle) { _, hears, level, text in
            guard level & (MOSQ_LOG_ERR | MOSQ_LOG_WARNING) != 0, let hears, let text else {
                return
            }
            let holder = Unmanaged<Hears>.fromOpaque(hears).takeUnretainedValue()
            holder.reason = MosquittoError.lastPart(of: String(cString: text))
        }
    }

    private func check(_ code: Int32) throws(MosquittoError) {
        guard code != MOSQ_ERR_SUCCESS.code else { return }
        let reason = hears.reason
        hears.reason = nil
        throw MosquittoError(code, detail: reason)
    }

    private func withCStrings(
        _ strings: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
    ) throws(MosquittoError) {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        var code: Int32 = 0
        copies.withUnsafeBufferPointer { code = body($0.baseAddress!) }
        try check(code)
    }

    /// Initialised once a process, never cleaned up: libmosquitto's own advice for
    /// programs that use it until they end.
    static let library: Void = { _ = mosquitto_lib_init() }()

    private static func withoutNewFiles(_ body: () -> OpaquePointer?) -> OpaquePointer? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return body()
        }
        var none = rlimit(rlim_cur: 0, rlim_max: limit.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
        defer { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) }
        return body()
    }
}

/// What libmosquitto's callbacks are given: a fixed address.
private final class Hears {
    weak var events: (any MosquittoEvents)?
    /// The last warning or error that libmosquitto logged.
    var reason: String?

    static func from(_ pointer: UnsafeMutableRawPointer?) -> (any MosquittoEvents)? {
        pointer.flatMap { Unmanaged<Hears>.fromOpaque($0).takeUnretainedValue().events }
    }
}
