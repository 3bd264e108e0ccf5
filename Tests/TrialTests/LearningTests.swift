import Core
import Testing
import Trial

@Suite struct LearningTests {
    private func learned(_ messages: [(String, String)]) -> String {
        var learning = Learning(decoder: AutomaticDecoder())
        for (index, (topic, payload)) in messages.enumerated() {
            learning.take(
                RecordedMessage(
                    topic: Array(topic.utf8), payload: Array(payload.utf8),
                    time: Timestamp(microseconds: Int64(1_700_000_000 + index) * 1_000_000)))
        }
        return learning.yaml()
    }

    @Test func topicsOfOneKindAreOneStream() {
        let text = learned([
            ("plant/1/tc-1/temperature", "20.5"), ("plant/1/tc-2/temperature", "21.5"),
            ("plant/2/tc-1/temperature", "19"), ("plant/1/pump/data", #"{"rpm":1450,"temp_C":40}"#),
            ("plant/1/pump/state", "RUN"),
        ])
        #expect(text.contains("topic: 'plant/{device}/{part}/temperature'"), "\(text)")
        #expect(
            text.contains("3 topics such as plant/1/tc-1/temperature, 0.75 messages/s, 3 series"))
        #expect(text.contains("#   temperature: 19 to 21.5"))
        #expect(text.contains("payload: number"))
        #expect(text.contains("topic: 'plant/1/pump/data'"))
        #expect(text.contains("#   temp_C: 40 to 40, unit °C"))
        #expect(text.contains("not read: the text 'RUN' is no number"))
        #expect(text.split(separator: "- name:").count == 3)
    }

    @Test func nothingIsAnEmptyList() {
        #expect(
            learned([("a", "RUN")]).hasSuffix(
                "streams:\n\n  # a: 1 topics such as a, 0 series\n  #   not read: the text 'RUN' is no number; a state needs its numbers in the configuration, 'states'\n  []\n"
            ))
    }
}
