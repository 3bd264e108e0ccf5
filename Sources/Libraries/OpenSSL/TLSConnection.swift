internal import COpenSSL

/// The `SSL *` of a connection that some library drives: what we do beside it.
/// Not an owner; valid as long as the library's connection is.
package struct TLSConnection {
    private let ssl: OpaquePointer
    private var buffer: OpaquePointer?

    package init(_ ssl: UnsafeMutableRawPointer) { self.ssl = OpaquePointer(ssl) }

    package var isEstablished: Bool { SSL_is_init_finished(ssl) == 1 }

    /// Gathers what is written until `flush`: a write of 64 KiB instead of one a packet.
    /// To be called once, after the handshake.
    package mutating func bufferWrites() {
        guard buffer == nil, let filter = BIO_new(BIO_f_buffer()) else { return }
        guard tg_bio_buffer_size(filter, 65_536) == 1 else {
            BIO_free(filter)
            return
        }
        let socket = SSL_get_wbio(ssl)
        // The connection takes over the references of the filter and of what it wraps.
        BIO_up_ref(socket)
        SSL_set0_wbio(ssl, BIO_push(filter, socket))
        buffer = filter
    }

    /// Lets out what was gathered, and gathers no more: for a last word before the
    /// connection's owner frees it.
    package mutating func endBuffering() {
        guard let filter = buffer, let socket = BIO_next(filter) else { return }
        flush()
        // Setting the connection's end releases the filter, and one reference of the socket.
        BIO_up_ref(socket)
        SSL_set0_wbio(ssl, socket)
        buffer = nil
    }

    package func flush() { if let buffer { tg_bio_flush(buffer) } }

    /// Bytes that wait in our buffer, not yet in the kernel's.
    package var unsentBytes: Int { buffer.map { Int(tg_bio_pending_write($0)) } ?? 0 }
}
