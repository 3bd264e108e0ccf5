extension Quality {
    /// Eclipse Sparkplug 3.0.0, section 6.4.9.1, has 0, 192 and 500. Others below 256 are
    /// read as OPC's, of which Sparkplug's come (OPC Data Access 3.0, section 6.8); nobody
    /// defines the rest.
    init(sparkplug code: UInt64) {
        switch code {
        case 192...255: self = .good
        case 0..<64: self = Quality(.bad, .device)
        case 500: self = Quality(.bad, [.device, .stale])
        default: self = Quality(.uncertain, .device)
        }
    }
}
