internal import CMosquitto
package import OpenSSL

/// Publishes at QoS 1 with libmosquitto's own thread, which reconnects by itself.
///
/// It speaks MQTT 5, where the broker says of each message whether it took it: before, a
/// message that the access control denies looks like one that was taken.
///
/// `@unchecked Sendable`: libmosquitto locks its handle in threaded mode
/// (`mosquitto_loop_start`), and all of our own state is inside `progress`, which locks.
package final class MosquittoPublisher: @unchecked Sendable {
    private let handle: OpaquePointer
    private let progress = PublisherProgress()

    package init(
        clientID: String, tls: borrowing TLSClientContext?, maxInflight: Int = 1_000
    ) throws(MosquittoError) {
        _ = MosquittoClient.library
        let userData = Unmanaged.passUnretained(progress).toOpaque()
        guard let made = mosquitto_new(clientID, true, userData) else {
            throw MosquittoError(MOSQ_ERR_ERRNO.code)
        }
        handle = made
        mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5)
        mosquitto_max_inflight_messages_set(handle, UInt32(maxInflight))
        mosquitto_reconnect_delay_set(handle, 1, 5, true)
        setCallbacks()
        switch tls {
        case .some(let context):
            mosquitto_int_option(handle, MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0)
            mosquitto_void_option(
                handle, MOSQ_OPT_SSL_CTX, UnsafeMutableRawPointer(context.pointer))
        case .none: break
        }
    }

    deinit {
        mosquitto_loop_stop(handle, true)
        mosquitto_destroy(handle)
    }

    /// Connects and waits for the broker's answer. Blocks.
    package func connect(host: String, port: Int) throws(PublisherError) {
        let code = mosquitto_connect(handle, host, Int32(port), 30)
        guard code == MOSQ_ERR_SUCCESS.code else {
            throw code == MOSQ_ERR_TLS.code
                ? .handshake(reason(code)) : .unreachable(reason(code))
        }
        let started = mosquitto_loop_start(handle)
        guard started == MOSQ_ERR_SUCCESS.code else { throw .unreachable(reason(started)) }
        try progress.waitForAnswer()
    }

    /// Hands a message to libmosquitto. Blocks while `limit` messages wait for the broker.
    package func publish(
        topic: String, payload: [UInt8], isRetained: Bool = false, limit: Int = 10_000
    ) throws(PublisherError) {
        progress.add(limit: limit)
        let code = mosquitto_publish(
            handle, nil, topic, Int32(payload.count), payload, 1, isRetained)
        // Without a connection the message is queued and sent after the next one.
        guard code == MOSQ_ERR_SUCCESS.code || code == MOSQ_ERR_NO_CONN.code else {
            progress.takeBack()
            throw .message(reason(code))
        }
    }

    /// What the broker has said so far.
    package var outcome: PublisherOutcome { progress.current }

    /// Messages that the broker has acknowledged.
    package var acknowledged: Int { outcome.acknowledged }

    /// Blocks until the broker has answered each message.
    ///
    /// - Parameter patience: seconds without any answer after which to give up; nil: never.
    /// - Returns: whether each message was answered.
    @discardableResult
    package func drain(patience: Int? = nil) -> Bool {
        progress.waitUntilDrained(patience: patience)
    }

    package func disconnect() {
        mosquitto_disconnect(handle)
        mosquitto_loop_stop(handle, false)
    }

    private func setCallbacks() {
        // Reason codes: MQTT 5, section 2.4. 0x10 is "no matching subscribers", 0x80 and up no.
        mosquitto_publish_v5_callback_set(handle) { _, progress, _, reason, _ in
            PublisherProgress.from(progress)?.acknowledged(
                unheard: reason == 0x10,
                refusedBecause: reason < 0x80
                    ? nil : String(cString: mosquitto_reason_string(reason)))
        }
        mosquitto_connect_callback_set(handle) { _, progress, code in
            let reason = String(cString: mosquitto_reason_string(code))
            PublisherProgress.from(progress)?.answered(
                code == 0 ? .success(()) : .failure(.refused(reason)))
        }
        mosquitto_disconnect_callback_set(handle) { _, progress, code in
            guard let progress = PublisherProgress.from(progress) else { return }
            // Before its answer to CONNECT: the broker hung up.
            let reason = progress.failure ?? String(cString: mosquitto_strerror(code))
            progress.answered(.failure(.handshake(reason)))
        }
        mosquitto_log_callback_set(handle) { _, progress, level, text in
            guard level & MOSQ_LOG_ERR != 0, let text else { return }
            let reason = MosquittoError.lastPart(of: String(cString: text))
            PublisherProgress.from(progress)?.failed(reason)
            // libmosquitto's thread ends without another word when a handshake fails.
            PublisherProgress.from(progress)?.answered(.failure(.handshake(reason)))
        }
    }

    private func reason(_ code: Int32) -> String {
        progress.failure ?? String(cString: mosquitto_strerror(code))
    }
}

extension PublisherProgress {
    /// What libmosquitto's callbacks are given.
    fileprivate static func from(_ pointer: UnsafeMutableRawPointer?) -> PublisherProgress? {
        pointer.map { Unmanaged<PublisherProgress>.fromOpaque($0).takeUnretainedValue() }
    }
}
