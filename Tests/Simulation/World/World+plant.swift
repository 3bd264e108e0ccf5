internal import Core

extension World {
    func playSensor(_ index: Int) {
        guard !isHealed else { return }
        publish(scenario.sensors[index])
        let interval = scenario.sensors[index].interval
        plan(.sensor(index), in: draw(interval * 9 / 10...interval * 11 / 10))
    }

    func publish(_ sensor: Sensor) {
        serial += 1
        meter.count(.published)
        var message = sensor.publication(serial: serial, at: clock.time, using: &generator)
        if !isHealed, chance(scenario.rubbish) { message = spoiled(message) }
        broker.publish(message)
    }

    /// Of each sensor a last one, so that all that was lost shows.
    func publishLast() {
        for sensor in scenario.sensors { publish(sensor) }
    }

    private func spoiled(_ message: Publication) -> Publication {
        var message = message
        var topic = message.topic
        var payload = Array("{\"v\":rubbish".utf8)
        switch draw(0...4) {
        case 0: payload = Array(repeating: UInt8(ascii: " "), count: Scenario.payloadLimit + 1)
        case 1: topic = "tank/" + String(repeating: "x", count: 1_100)
        case 2:
            // A device that nobody has heard of, with a good reading.
            let sensor = Sensor(
                kind: .level, name: "n\(draw(0...3))", interval: 0, clockError: 0, jitter: 0,
                isRetained: false, isAcknowledged: message.isAcknowledged)
            return sensor.publication(serial: serial, at: clock.time, using: &generator)
        case 3:
            message.isHuge = true
            return message
        default: break
        }
        return Publication(
            serial: message.serial, topic: topic, payload: payload + Array(" \(serial)".utf8),
            readings: [], stated: nil, isRetained: message.isRetained,
            isAcknowledged: message.isAcknowledged)
    }
}
