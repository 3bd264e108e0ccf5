internal import Core
internal import FaultyDisk
internal import Store

extension World {
    func playFault() {
        guard !isHealed else { return }
        plan(.fault, in: draw(scenario.faultInterval / 4...scenario.faultInterval * 2))
        guard let fault = scenario.faults.randomElement(using: &generator) else { return }
        say("\(fault)")
        switch fault {
        case .kill: doom = Int(draw(0...60))
        case .reconfigure:
            meter.count(.reconfigurations)
            change = Variant.Change.allCases[Int(draw(0...3))]
            doom = Int(draw(0...20))
        case .clockJump: jump()
        case .stall:
            meter.count(.stalls)
            stalledUntil = clock.elapsed + draw(500_000...10_000_000)
        case .powerCut, .fullDisk, .writeError, .syncError: spoilDisk(fault)
        case .disconnect, .brokerPause, .brokerAmnesia, .brokerRelapse: spoilBroker(fault)
        case .burst:
            let sensor = scenario.sensors[Int(draw(0...Int64(scenario.sensors.count - 1)))]
            for _ in 0..<draw(5...40) { publish(sensor) }
        case .receiverPause:
            receiver.isUp = false
            plan(.end(.receiver), in: draw(1_000_000...30_000_000))
        case .receiverCrash: receiver.diesAtRow = true
        case .poison: receiver.poisonsNext = true
        case .scheduleClosed:
            clock.isLinkOpen = false
            plan(.end(.schedule), in: draw(1_000_000...30_000_000))
        }
    }

    private func jump() {
        meter.count(.clockJumps)
        let spans: [Microseconds] = [
            0, 0, 30_000, 1_500_000, 240_000_000, 3_600_000_000, 30_000_000_000_000,
            300_000_000_000_000,
        ]
        let span = spans[Int(draw(0...7))]
        clock.error = draw(0...1) == 0 ? span : -span
    }

    private func spoilBroker(_ fault: Fault) {
        switch fault {
        case .disconnect:
            meter.count(.disconnects)
            broker.disconnect(keeping: Int(draw(0...5)))
        case .brokerPause:
            broker.pause()
            plan(.end(.broker), in: draw(100_000...15_000_000))
        default:
            meter.count(.brokerLosses)
            if fault == .brokerAmnesia { broker.forget() } else { broker.relapse() }
            plan(.end(.broker), in: draw(100_000...5_000_000))
        }
        // The gateway hears of it.
        broker.hasSent = true
    }

    private func spoilDisk(_ fault: Fault) {
        switch fault {
        case .fullDisk:
            let names = [StoreFile.name, "\(StoreFile.name)-wal"]
            let size = names.reduce(0) { $0 + (disk.size(of: "\(directory)/\($1)") ?? 0) }
            disk.limit(to: size + Int(draw(0...40_000)))
            plan(.end(.disk), in: draw(1_000_000...20_000_000))
        case .writeError:
            disk.fail(.write, at: disk.writes + Int(draw(1...20)), times: Int(draw(1...3)))
        case .syncError:
            disk.fail(.sync, at: disk.syncs + Int(draw(1...6)), times: Int(draw(1...3)))
        default:
            switch draw(0...2) {
            case 0: disk.cutPower(at: .write(disk.writes + Int(draw(1...40))))
            case 1: disk.cutPower(at: .sync(disk.syncs + Int(draw(1...8))))
            default: disk.cutPower(at: .afterSync(disk.syncs + Int(draw(1...8))))
            }
        }
    }

    func end(_ trouble: Agenda.Trouble) {
        switch trouble {
        case .broker: broker.comeBack()
        case .receiver: receiver.isUp = true
        case .schedule: clock.isLinkOpen = true
        case .disk: disk.limit(to: nil)
        }
    }

    func heal() {
        say("all heals")
        isHealed = true
        doom = nil
        stalledUntil = 0
        clock.error = 0
        for trouble in [Agenda.Trouble.broker, .receiver, .schedule] { end(trouble) }
        receiver.diesAtRow = false
        receiver.poisonsNext = false
        disk.heal()
        broker.heal()
    }
}
