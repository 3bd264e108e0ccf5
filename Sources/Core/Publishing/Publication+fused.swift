extension Publication {
    /// What became of an input of a fused value.
    package struct Input: Hashable, Sendable {
        package var name: String
        /// `nil` where it had none.
        package var value: Number?
        /// Its part of the fused value, 0 to 1.
        package var weight: Double
        /// Such as `used` or `rejected`.
        package var verdict: String

        package init(name: String, value: Number?, weight: Double, verdict: String) {
            self.name = name
            self.value = value
            self.weight = weight
            self.verdict = verdict
        }
    }

    /// A fused value with where it comes from, as JSON.
    ///
    /// - Parameters:
    ///   - value: `nil` where there is none; with the reasons in `quality`.
    ///   - spread: in the value's unit; `nil` for formulas.
    package static func fused(
        topic: String, time: Timestamp, value: Number?, unit: String, quality: Quality,
        spread: Number?, inputs: [Input], isRetained: Bool = false
    ) -> Publication {
        var json = JSONWriter()
        json.object {
            $0.moment("ts", time)
            $0.number("value", value)
            $0.member("unit", unit)
            $0.quality(quality)
            $0.number("spread", spread)
            $0.key("inputs")
            $0.array(inputs) { json, input in
                json.object {
                    $0.member("name", input.name)
                    $0.number("value", input.value)
                    $0.number("weight", Number(input.weight, roundedTo: 4))
                    $0.member("verdict", input.verdict)
                }
            }
        }
        return Publication(topic: topic, payload: json.bytes, isRetained: isRetained)
    }
}
