internal import Foundation
internal import Hummingbird
package import Logging
internal import NIOCore
internal import ServiceLifecycle

/// What the gateway shows of itself over plain HTTP, on loopback unless told otherwise:
/// `/healthz`, `/readyz`, `/metrics`, `/status`.
package struct Console: Service {
    private let host: String
    private let port: Int
    private let board: StatusBoard
    private let logger: Logger

    package init(host: String, port: Int, board: StatusBoard, logger: Logger) {
        self.host = host
        self.port = port
        self.board = board
        self.logger = logger
    }

    package func run() async throws {
        let board = board
        let router = Router()
        router.get("healthz") { _, _ in
            let trouble = board.current.store.trouble
            return Self.text(trouble ?? "ok", trouble == nil ? .ok : .serviceUnavailable)
        }
        router.get("readyz") { _, _ in
            let obstacles = board.current.obstacles
            return Self.text(
                obstacles.isEmpty ? "ready" : obstacles.joined(separator: "\n"),
                obstacles.isEmpty ? .ok : .serviceUnavailable)
        }
        router.get("metrics") { _, _ in
            Self.text(board.current.prometheus, .ok, type: "text/plain; version=0.0.4")
        }
        router.get("status") { _, _ in
            Self.text(try board.current.json(), .ok, type: "application/json")
        }
        let application = Application(
            router: router,
            configuration: .init(
                address: .hostname(host, port: port), serverName: "tidegate"),
            logger: logger)
        do {
            try await application.run()
        } catch let error as IOError {
            throw ConsoleError(
                description:
                    "can't listen on \(host):\(port) (\(String(cString: strerror(error.errnoCode))))"
                    + "; is another gateway running? set console.port or METRICS_PORT")
        }
    }

    private static func text(
        _ text: String, _ status: HTTPResponse.Status, type: String = "text/plain"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(string: text.hasSuffix("\n") ? text : text + "\n")))
    }
}

/// Why the console can't be had.
package struct ConsoleError: Error, CustomStringConvertible {
    package let description: String
}

extension GatewayStatus {
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    package init(json: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(GatewayStatus.self, from: Data(json))
    }
}
