internal import HTTPTypes
internal import Wire

/// What a request is about.
enum Route: Hashable {
    case batches
    case epoch(Epoch)
    case health
    case notAllowed(allow: String)
    case unknown

    init(method: HTTPRequest.Method, path: String) {
        let path = path.prefix { $0 != "?" }
        let epochs = "/v1/epochs/"
        if path == "/v1/batches" {
            self = method == .post ? .batches : .notAllowed(allow: "POST")
        } else if path == "/healthz" {
            self = method == .get ? .health : .notAllowed(allow: "GET")
        } else if path.hasPrefix(epochs), let epoch = Epoch(String(path.dropFirst(epochs.count))) {
            self = method == .get ? .epoch(epoch) : .notAllowed(allow: "GET")
        } else {
            self = .unknown
        }
    }
}
