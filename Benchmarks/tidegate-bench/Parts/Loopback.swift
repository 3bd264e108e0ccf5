internal import Foundation

/// Ports of this machine, and the little HTTP that the gateway's console needs.
enum Loopback {
    /// A port that is free now.
    static func freePort() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = Self.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard bound else { throw BenchError("no free port on 127.0.0.1") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    static func accepts(port: Int) -> Bool {
        guard let socket = connected(to: port) else { return false }
        close(socket)
        return true
    }

    /// The body of a 200; nil for anything else.
    static func get(_ path: String, port: Int) -> Data? {
        guard let socket = connected(to: port) else { return nil }
        defer { close(socket) }
        let request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        guard write(socket, request, request.utf8.count) > 0 else { return nil }
        var answer = Data()
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(socket, &part, part.count), count > 0 {
            answer += part[..<count]
        }
        guard answer.starts(with: Data("HTTP/1.1 200".utf8)),
            let head = answer.range(of: Data("\r\n\r\n".utf8))
        else { return nil }
        return answer[head.upperBound...]
    }

    private static func connected(to port: Int) -> Int32? {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(
            socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = Self.address(port: port)
        let done = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard done else {
            close(socket)
            return nil
        }
        return socket
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
