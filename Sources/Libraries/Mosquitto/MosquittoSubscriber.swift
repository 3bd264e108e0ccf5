internal import CMosquitto
package import OpenSSL

/// Receives at QoS 1 the way libmosquitto's examples do: its own thread
/// (`mosquitto_loop_start`), its own TLS settings, each message acknowledged as it comes.
/// It only counts: the measure of what the library itself costs.
///
/// `@unchecked Sendable`: libmosquitto locks its handle in threaded mode, and all of our own
/// state is inside `arrivals`, which is `Sendable`.
package final class MosquittoSubscriber: @unchecked Sendable {
    private let handle: OpaquePointer
    private let arrivals = Arrivals()

    package init(clientID: String, files: TLSFiles) throws(MosquittoError) {
        _ = MosquittoClient.library
        let userData = Unmanaged.passUnretained(arrivals).toOpaque()
        guard let made = mosquitto_new(clientID, true, userData) else {
            throw MosquittoError(MOSQ_ERR_ERRNO.code)
        }
        handle = made
        mosquitto_message_callback_set(handle) { _, arrivals, _ in
            Arrivals.from(arrivals)?.count()
        }
        mosquitto_connect_callback_set(handle) { _, arrivals, code in
            if code == 0 { Arrivals.from(arrivals)?.step.post() }
        }
        mosquitto_subscribe_callback_set(handle) { _, arrivals, _, _, _ in
            Arrivals.from(arrivals)?.step.post()
        }
        try check(
            mosquitto_tls_set(handle, files.authorities, nil, files.certificate, files.key, nil))
        try check(mosquitto_tls_opts_set(handle, 1, "tlsv1.3", nil))
    }

    deinit {
        mosquitto_loop_stop(handle, true)
        mosquitto_destroy(handle)
    }

    /// Connects, subscribes and waits for the broker's word on both. Blocks.
    package func connect(host: String, port: Int, filter: String) throws(MosquittoError) {
        try check(mosquitto_connect(handle, host, Int32(port), 60))
        try check(mosquitto_loop_start(handle))
        arrivals.step.wait()
        try check(mosquitto_subscribe(handle, nil, filter, 1))
        arrivals.step.wait()
    }

    package var received: Int { arrivals.received }

    /// Blocks until that many messages have come.
    package func wait(for messages: Int) { arrivals.wait(for: messages) }

    private func check(_ code: Int32) throws(MosquittoError) {
        if code != MOSQ_ERR_SUCCESS.code { throw MosquittoError(code) }
    }
}
