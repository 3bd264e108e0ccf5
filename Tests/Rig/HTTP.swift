package import Foundation

/// Plain HTTP on the loopback interface: enough to read the gateway's console.
package enum HTTP {
    /// - Returns: the status code and the body; nil when nobody answers.
    package static func get(_ path: String, port: Int) -> (status: Int, body: Data)? {
        guard let socket = try? Socket.connected(port: port) else { return nil }
        socket.setTimeout(seconds: 5)
        let request =
            "GET \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n\r\n"
        guard socket.send(Array(request.utf8)) else { return nil }
        var bytes: [UInt8] = []
        while let piece = socket.receive() { bytes += piece }
        let separator = Data("\r\n\r\n".utf8)
        let answer = Data(bytes)
        guard let end = answer.range(of: separator),
            let status = String(decoding: answer[..<end.lowerBound], as: UTF8.self)
                .split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        let head = String(decoding: answer[..<end.lowerBound], as: UTF8.self).lowercased()
        let body = Data(answer[end.upperBound...])
        return (status, head.contains("transfer-encoding: chunked") ? unchunked(body) : body)
    }

    private static func unchunked(_ body: Data) -> Data {
        var (rest, whole) = (body[...], Data())
        while let line = rest.range(of: Data("\r\n".utf8)),
            let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16),
            size > 0
        {
            let chunk = rest[line.upperBound...].prefix(size)
            whole += chunk
            rest = rest[chunk.endIndex...].dropFirst(2)
        }
        return whole
    }
}
