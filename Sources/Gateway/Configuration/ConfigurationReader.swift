package import Core
internal import Foundation
internal import Logging
internal import OpenSSL
internal import Session
internal import Uplink
internal import Wire
internal import Yams

/// Reads a configuration to its end, gathering every mistake on the way.
package struct ConfigurationReader {
    private let mistakes: MistakeList
    /// What relative paths in the file are relative to.
    private let folder: String

    /// - Throws: `Mistakes`.
    package static func read(
        file: String, environment: [String: String]
    ) throws(Mistakes) -> GatewayConfiguration {
        try read(text: try text(of: file), file: file, environment: environment)
    }

    static func text(of file: String) throws(Mistakes) -> String {
        do {
            return try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw Mistakes(list: [
                Mistake(
                    source: file, line: nil, key: nil,
                    problem: "can't read the configuration; check the path, that this user may "
                        + "read it and that it is UTF-8")
            ])
        }
    }

    /// - Parameter file: for errors and relative paths.
    package static func read(
        text: String, file: String, environment: [String: String]
    ) throws(Mistakes) -> GatewayConfiguration {
        let reader = ConfigurationReader(
            mistakes: MistakeList(file: file),
            folder: (file as NSString).deletingLastPathComponent)
        var configuration = GatewayConfiguration()
        if let root = reader.mistakes.map(yaml: text) {
            let profiles = reader.profiles(root)
            configuration.text = ConfigurationText(text, profiles).joined
            reader.read(root, profiles, into: &configuration)
            EnvironmentOverrides(environment, mistakes: reader.mistakes).apply(to: &configuration)
        }
        guard reader.mistakes.list.isEmpty else { throw Mistakes(list: reader.mistakes.list) }
        return configuration
    }

    /// The plan of a file alone: nothing else in it matters.
    package static func plan(file: String) throws(Mistakes) -> Plan {
        try plan(of: try text(of: file), named: file, isWhole: true)
    }

    /// The plan alone, out of a text that was read before: nothing else in it matters now.
    ///
    /// - Parameters:
    ///   - file: for errors.
    ///   - isOfStore: whether a gateway ran under it: what was taken then is taken now.
    ///   - isWhole: whether keys beside the plan's are to be ones that there are.
    package static func plan(
        of text: String, named file: String = "the store", isWhole: Bool = false,
        isOfStore: Bool = false
    ) throws(Mistakes) -> Plan {
        let reader = ConfigurationReader(
            mistakes: MistakeList(file: file, isOfStore: isOfStore),
            folder: isOfStore ? "" : (file as NSString).deletingLastPathComponent)
        var configuration = GatewayConfiguration()
        let stored = isOfStore ? ConfigurationText(joined: text) : nil
        if let root = reader.mistakes.map(yaml: stored?.configuration ?? text) {
            let profiles = stored?.profiles ?? reader.profiles(root)
            reader.readPlan(root, profiles, into: &configuration)
            if isWhole { reader.passOver(root) }
        }
        guard reader.mistakes.list.isEmpty else { throw Mistakes(list: reader.mistakes.list) }
        return configuration.plan
    }

    /// What earlier configurations subscribed to and the present one does not. A text that
    /// can't be read any more is passed over.
    package static func filters(in texts: [String], besides present: [String]) -> [String] {
        let former = texts.flatMap { text in
            (try? plan(of: text, isOfStore: true))?.filters ?? []
        }
        return Set(former).subtracting(present).sorted()
    }

    /// What a plan has nothing to do with; whatever else there is, is a mistake.
    private func passOver(_ root: ConfigurationMap) {
        for key in ["storage", "broker", "uplink", "console", "log"] { _ = root.find(key) }
        root.finish()
    }

    private func readPlan(
        _ root: ConfigurationMap, _ profiles: [ConfigurationText.Profile],
        into configuration: inout GatewayConfiguration
    ) {
        let gateway = root.find("gateway").flatMap { node in
            if case .scalar(let name) = node.node { name.string } else { nil }
        }
        configuration.plan = PlanReader(
            mistakes: mistakes, gateway: gateway ?? "", profiles: read(profiles)
        ).read(root)
        readLimits(root, &configuration)
    }

    private func read(
        _ root: ConfigurationMap, _ profiles: [ConfigurationText.Profile],
        into configuration: inout GatewayConfiguration
    ) {
        configuration.gateway =
            root.require("gateway", "the gateway's name, as in its certificate")?
            .value(GatewayName.expectation) { GatewayName.isValid($0) ? $0 : nil } ?? ""
        if let storage = root.find("storage")?.map() {
            configuration.storage.directory =
                storage.find("directory")?.text().map(path) ?? ""
            storage.finish()
        }
        readPlan(root, profiles, into: &configuration)
        readBroker(root, &configuration)
        configuration.broker.filters = configuration.plan.filters
        // What is not much too large still comes, so that its gap names it.
        configuration.broker.maximumPacket =
            4 * min(configuration.plan.limits.payload, 1 << 28)
            + 131_072
        configuration.broker.clientID =
            configuration.broker.clientID.isEmpty
            ? configuration.gateway : configuration.broker.clientID
        readUplink(root, &configuration)
        if let console = root.find("console")?.map() {
            console.find("host")?.text().map { configuration.console.host = $0 }
            console.find("port")?.value("a port, 1 to 65535", Quantities.port)
                .map { configuration.console.port = $0 }
            console.finish()
        }
        if let log = root.find("log")?.map() {
            log.find("level")?.value(Self.levels) { Logger.Level(rawValue: $0) }
                .map { configuration.logLevel = $0 }
            log.finish()
        }
        root.finish()
    }

    static let levels = "one of " + Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")

    private func readBroker(
        _ root: ConfigurationMap, _ configuration: inout GatewayConfiguration
    ) {
        guard let broker = root.require("broker", "where the sensors' broker is")?.map() else {
            return
        }
        configuration.broker.host =
            broker.require("host", "the broker's name, as in its certificate")?.text() ?? ""
        broker.find("port")?.value("a port, 1 to 65535", Quantities.port)
            .map { configuration.broker.port = $0 }
        configuration.broker.tls = readTLS(broker)
        broker.find("client_id")?.text().map { configuration.broker.clientID = $0 }
        readPublisher(broker, &configuration)
        broker.find("keep_alive")?.value("5s to 18h") { text in
            Quantities.span(text).flatMap { (5_000_000...64_800_000_000).contains($0) ? $0 : nil }
        }.map { configuration.broker.keepAlive = Int($0 / 1_000_000) }
        if let commit = broker.find("commit")?.map() {
            commit.find("messages")?.value("1 to 20000") { text in
                Int(text).flatMap { (1...20_000).contains($0) ? $0 : nil }
            }.map { configuration.broker.commitMessages = $0 }
            commit.find("interval")?.value("1ms to 10s") { text in
                Quantities.span(text).flatMap { (1_000...10_000_000).contains($0) ? $0 : nil }
            }.map { configuration.broker.commitInterval = $0 }
            commit.finish()
        }
        broker.finish()
    }

    /// The second connection, by which the gateway speaks to the plant.
    private func readPublisher(
        _ broker: ConfigurationMap, _ configuration: inout GatewayConfiguration
    ) {
        let publishes =
            configuration.plan.fusions.contains { $0.publication != nil }
            || configuration.plan.alarms.contains { $0.publication != nil }
        guard let publisher = broker.find("publisher")?.map() else {
            if publishes {
                mistakes.add(
                    "missing: fusions or alarms are published; that takes a connection with a "
                        + "certificate of its own: 'certificate' and 'key'",
                    key: "broker.publisher", line: broker.line)
            }
            return
        }
        let certificate = publisher.require("certificate", "the publisher's certificate in PEM")?
            .text().map(path)
        let key = publisher.require("key", "its private key in PEM")?.text().map(path)
        publisher.finish()
        guard let certificate, let key else { return }
        if certificate == configuration.broker.tls.certificate {
            mistakes.add(
                "expected another certificate than the gateway's own: the broker allows one "
                    + "connection for each",
                key: "broker.publisher.certificate", line: publisher.line)
        }
        configuration.publisher = TLSFiles(
            authorities: configuration.broker.tls.authorities, certificate: certificate, key: key)
    }

    private func readUplink(
        _ root: ConfigurationMap, _ configuration: inout GatewayConfiguration
    ) {
        guard let uplink = root.require("uplink", "where the receiver is")?.map() else { return }
        uplink.find("endpoint")?.value(Self.endpointExpectation, Self.endpoint)
            .map { configuration.uplink.endpoint = $0 }
        configuration.uplink.tls = readTLS(uplink)
        readSchedule(uplink, &configuration.uplink)
        if let batch = uplink.find("batch")?.map() {
            batch.find("size")?.value(Quantities.sizeExpectation + ", at most 4MiB") { text in
                Quantities.size(text).flatMap { $0 <= 4_194_304 ? $0 : nil }
            }.map { configuration.uplink.batchSize = $0 }
            batch.find("age")?.value(Quantities.spanExpectation, Quantities.span)
                .map { configuration.uplink.batchAge = $0 }
            batch.finish()
        }
        if let retry = uplink.find("retry")?.map() {
            retry.find("base")?.value(Quantities.spanExpectation, Quantities.positiveSpan)
                .map { configuration.uplink.retryBase = $0 }
            retry.find("maximum")?.value(Quantities.spanExpectation, Quantities.positiveSpan)
                .map { configuration.uplink.retryMaximum = $0 }
            retry.find("attempts")?.value("a number above 0", Quantities.count)
                .map { configuration.uplink.retryAttempts = $0 }
            retry.finish()
        }
        uplink.find("timeout")?.value(Quantities.spanExpectation, Quantities.positiveSpan)
            .map { configuration.uplink.timeout = $0 }
        uplink.finish()
    }

    private func readSchedule(
        _ uplink: ConfigurationMap, _ settings: inout GatewayConfiguration.UplinkSettings
    ) {
        guard let node = uplink.find("schedule") else { return }
        if !node.isMap {
            settings.schedule =
                node.value("'always', or time_zone and open") {
                    $0 == "always" ? Schedule.always : nil
                } ?? .always
            return
        }
        guard let weekly = node.map() else { return }
        settings.timeZone =
            weekly.require("time_zone", "a zone of the IANA list such as Europe/Zurich")?
            .value("a zone of the IANA list such as Europe/Zurich") {
                TimeZone(identifier: $0) == nil ? nil : $0
            } ?? "UTC"
        let openings = weekly.require("open", "a list of weekly times")?.items().compactMap {
            $0.value(Schedule.Opening.expectation) { Schedule.Opening($0) }
        }
        settings.schedule = .weekly(openings ?? [])
        weekly.finish()
    }

    private func readLimits(
        _ root: ConfigurationMap, _ configuration: inout GatewayConfiguration
    ) {
        guard let limits = root.find("limits")?.map() else { return }
        limits.find("topics")?.value("a number above 0", Quantities.count)
            .map { configuration.plan.limits.topics = $0 }
        limits.find("series")?.value("a number above 0", Quantities.count)
            .map { configuration.plan.limits.series = $0 }
        limits.find("payload")?.value(Quantities.sizeExpectation, Quantities.size)
            .map { configuration.plan.limits.payload = $0 }
        limits.find("future")?.value(Quantities.spanExpectation, Quantities.span)
            .map { configuration.plan.limits.future = $0 }
        limits.find("dead_letters")?.value("a number above 0", Quantities.count)
            .map { configuration.storage.deadLetters = $0 }
        limits.finish()
    }

    /// Of one's own.
    private func profiles(_ root: ConfigurationMap) -> [ConfigurationText.Profile] {
        guard let folder = root.find("profiles")?.text().map(path) else { return [] }
        do {
            return try DeviceProfiles.texts(in: folder)
        } catch {
            mistakes.take(error)
            return []
        }
    }

    /// Those of one's own before those that are shipped.
    private func read(_ own: [ConfigurationText.Profile]) -> [DeviceProfile] {
        do {
            return try DeviceProfiles.profiles(of: own) + DeviceProfiles.shipped
        } catch {
            mistakes.take(error)
            return DeviceProfiles.shipped
        }
    }

    private func readTLS(_ map: ConfigurationMap) -> TLSFiles {
        func file(_ name: String, _ purpose: String) -> String {
            map.require(name, purpose)?.text().map(path) ?? ""
        }
        return TLSFiles(
            authorities: file("authorities", "PEM certificates that the other end's comes from"),
            certificate: file("certificate", "our certificate in PEM"),
            key: file("key", "our certificate's private key in PEM"))
    }

    private func path(_ text: String) -> String {
        text.hasPrefix("/") || folder.isEmpty ? text : "\(folder)/\(text)"
    }

    static let endpointExpectation = "https://host or https://host:port"

    static func endpoint(_ text: String) -> String? {
        guard let url = URLComponents(string: text), url.scheme == "https",
            let host = url.host, !host.isEmpty, url.user == nil, url.query == nil,
            url.fragment == nil
        else { return nil }
        return text
    }
}
