package import Core
internal import Foundation

/// The profiles that are shipped, and those that a user drops into a folder.
package enum DeviceProfiles {
    /// In the order in which they are asked: those that recognise their topics before those that
    /// recognise payloads alone.
    package static let shipped: [DeviceProfile] = files.map { name, bytes in
        do {
            let text = String(decoding: bytes, as: UTF8.self)
            return try ProfileReader.read(text: text, file: "\(name).yaml")
        } catch {
            // A test reads each of them.
            preconditionFailure("\(error)")
        }
    }

    private static let files: [(name: String, bytes: [UInt8])] = [
        ("zigbee2mqtt", PackageResources.zigbee2mqtt_yaml),
        ("tasmota", PackageResources.tasmota_yaml),
        ("shelly", PackageResources.shelly_yaml),
        ("esphome", PackageResources.esphome_yaml),
        ("homie", PackageResources.homie_yaml),
        ("homeassistant", PackageResources.homeassistant_yaml),
        ("rtl433", PackageResources.rtl433_yaml),
        ("xiaomi", PackageResources.xiaomi_yaml),
        ("victron", PackageResources.victron_yaml),
        ("lines", PackageResources.lines_yaml),
        ("ruuvi", PackageResources.ruuvi_yaml),
        ("lorawan", PackageResources.lorawan_yaml),
        ("teltonika", PackageResources.teltonika_yaml),
        ("neuron", PackageResources.neuron_yaml),
        ("kepserver", PackageResources.kepserver_yaml),
        ("ifm", PackageResources.ifm_yaml),
    ]

    /// Of the .yaml files of a folder, by name.
    ///
    /// - Throws: `Mistakes` of all of them.
    package static func folder(_ path: String) throws(Mistakes) -> [DeviceProfile] {
        try profiles(of: texts(in: path))
    }

    static func texts(in path: String) throws(Mistakes) -> [ConfigurationText.Profile] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Mistakes(list: [
                Mistake(
                    source: path, line: nil, key: nil,
                    problem: "can't read the folder of profiles; check the path and that this "
                        + "user may read it")
            ])
        }
        return try gathered(
            names.sorted().filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        ) { name throws(Mistakes) in
            let file = "\(path)/\(name)"
            return ConfigurationText.Profile(
                file: file, text: try ConfigurationReader.text(of: file))
        }
    }

    static func profiles(
        of texts: [ConfigurationText.Profile]
    ) throws(Mistakes) -> [DeviceProfile] {
        try gathered(texts) { profile throws(Mistakes) in
            try ProfileReader.read(text: profile.text, file: profile.file)
        }
    }

    private static func gathered<Item, Result>(
        _ items: [Item], _ body: (Item) throws(Mistakes) -> Result
    ) throws(Mistakes) -> [Result] {
        var results: [Result] = []
        var mistakes: [Mistake] = []
        for item in items {
            do {
                results.append(try body(item))
            } catch {
                mistakes += error.list
            }
        }
        guard mistakes.isEmpty else { throw Mistakes(list: mistakes) }
        return results
    }
}
