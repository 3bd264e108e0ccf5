internal import Core
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import OpenSSL
internal import Wire

/// From request to answer.
struct Responder: HTTPResponder {
    let intake: Intake
    let limits: ReceiverLimits
    let gate: RequestGate
    let logger: Logger

    /// What Hummingbird hands along with a request.
    struct Context: InitializableFromSource {
        let channel: any Channel
        init(source: ApplicationRequestContextSource) { channel = source.channel }
    }

    func respond(to request: Request, context: Context) async throws -> Response {
        var answer = await answer(to: request, on: context.channel)
        if answer.status != .ok, !hasSmallBody(request) {
            answer.headers[.connection] = "close"
            closeSoon(context.channel)
        }
        return Response(
            status: answer.status, headers: answer.headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private func answer(to request: Request, on channel: any Channel) async -> Answer {
        let route = Route(method: request.method, path: request.uri.path)
        switch route {
        case .health: return .healthy
        case .unknown: return .rejected(.notFound, "unknown", "there is nothing at this path")
        case .notAllowed(let allow):
            var answer = Answer.rejected(
                .methodNotAllowed, "unknown", "this path takes \(allow)")
            answer.headers[.allow] = allow
            return answer
        case .batches, .epoch: break
        }
        guard let gateway = await gateway(on: channel) else {
            return .forbidden(
                "the certificate's common name is no gateway's: \(GatewayName.expectation)")
        }
        guard gate.enter() else { return .busy }
        defer { gate.leave() }
        if case .epoch(let epoch) = route { return await progress(of: gateway, epoch) }
        return await take(request, from: gateway, on: channel)
    }

    private func take(
        _ request: Request, from gateway: String, on channel: any Channel
    ) async -> Answer {
        let tooLarge = Answer.tooLarge("more than the \(limits.wireBytes) bytes allowed")
        guard (contentLength(request) ?? 0) <= limits.wireBytes else { return tooLarge }
        let deadline = channel.eventLoop.scheduleTask(in: .seconds(limits.requestSeconds)) {
            channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: limits.wireBytes)
        } catch is NIOTooManyBytesError {
            return tooLarge
        } catch {
            // Of a batch that did not arrive whole nothing can be said: it may come again.
            return .unavailable("the request broke off")
        }
        return Answer(await intake.take(Array(body.readableBytesView), from: gateway))
    }

    private func progress(of gateway: String, _ epoch: Epoch) async -> Answer {
        do {
            return .progress(completeThrough: try await intake.completeThrough(gateway, epoch))
        } catch {
            logger.error("can't look up an epoch: \(error)", metadata: ["gateway": "\(gateway)"])
            return .unavailable
        }
    }

    /// The name in the client's certificate; `nil` where it is no gateway's.
    private func gateway(on channel: any Channel) async -> String? {
        let certificate = try? await channel.nioSSL_peerCertificate().get()
        guard let der = try? certificate?.toDERBytes(),
            let name = Certificate(der: der)?.commonName, GatewayName.isValid(name)
        else { return nil }
        return name
    }

    private func contentLength(_ request: Request) -> Int? {
        request.headers[.contentLength].flatMap { Int($0) }
    }

    private func hasSmallBody(_ request: Request) -> Bool {
        if let length = contentLength(request) { return length <= limits.wireBytes }
        return request.headers[.transferEncoding] == nil
    }

    /// What is left of a body is read and thrown away, so that the client gets to see the
    /// answer, but not for ever.
    private func closeSoon(_ channel: any Channel) {
        channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
    }
}
