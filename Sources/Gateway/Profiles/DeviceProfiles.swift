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
        ("ifm", PackageResources.ifm_yaml),
    ]

    /// The .yaml files of a folder, by name.
    ///
    /// - Throws: `Mistakes` of all of them.
    package static func folder(_ path: String) throws(Mistakes) -> [DeviceProfile] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Mistakes(list: [
                Mistake(
                    source: path, line: nil, key: nil,
                    problem: "can't read the folder of profiles; check the path and that this "
                        + "user may read it")
            ])
        }
        var profiles: [DeviceProfile] = []
        var mistakes: [Mistake] = []
        for name in names.sorted() where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            let file = "\(path)/\(name)"
            do {
                let text = try ConfigurationReader.text(of: file)
                profiles.append(try ProfileReader.read(text: text, file: file))
            } catch {
                mistakes += error.list
            }
        }
        guard mistakes.isEmpty else { throw Mistakes(list: mistakes) }
        return profiles
    }
}
