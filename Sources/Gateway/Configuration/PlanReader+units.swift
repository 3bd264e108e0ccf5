internal import Core

/// Units of measure, and what turns one into another.
extension PlanReader {
    struct Units {
        /// As it stands in the series; empty where none is given.
        var text = ""
        var unit: UnitOfMeasure?
        /// From the unit that the sensor sends.
        var conversion: Calibration?
    }

    /// `unit`, and `sent_unit` where the sensor sends another.
    func units(_ map: ConfigurationMap, or inherited: Units = Units()) -> Units {
        let node = map.find("unit")
        let own = node.flatMap(unit)
        var units = node == nil ? inherited : Units(text: node?.text() ?? "", unit: own)
        guard let sentNode = map.find("sent_unit"), let sent = unit(sentNode) else { return units }
        guard let target = units.unit else {
            sentNode.mistake("with 'sent_unit' there must be a 'unit' to convert it to")
            return units
        }
        if let exact = sent.exactConversion(to: target) {
            units.conversion = Calibration(gain: exact.gain, offset: exact.offset)
        } else if let conversion = sent.conversion(to: target) {
            units.conversion = Calibration(
                gain: .binary(conversion.gain), offset: .binary(conversion.offset))
        } else {
            sentNode.mistake(
                "'\(sent.code)' can't be converted to '\(target.code)': they measure different "
                    + "things")
        }
        return units
    }

    private func unit(_ node: ConfigurationNode) -> UnitOfMeasure? {
        guard let text = node.text() else { return nil }
        do {
            return try UnitOfMeasure(text)
        } catch {
            node.mistake(error.description)
            return nil
        }
    }
}
