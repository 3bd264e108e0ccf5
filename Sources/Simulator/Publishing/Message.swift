/// A reading as it goes to the broker and into the truth file.
package struct Message: Hashable, Sendable {
    package let topic: String
    /// Since 1970.
    package let milliseconds: Int64
    /// The value as JSON.
    private let value: String

    package init(topic: String, milliseconds: Int64, value: Hundredths) {
        self.topic = topic
        self.milliseconds = milliseconds
        self.value = value.description
    }

    /// - Parameter text: sent as it stands when it is a JSON number, else as a JSON string.
    package init(topic: String, milliseconds: Int64, text: String) {
        self.topic = topic
        self.milliseconds = milliseconds
        value = JSONText.isNumber(text) ? text : JSONText.quoted(text)
    }

    package var payload: String { #"{"ts":\#(milliseconds),"value":\#(value)}"# }

    /// Its line in the truth file.
    package var truth: String {
        #"{"topic":\#(JSONText.quoted(topic)),"ts":\#(milliseconds),"value":\#(value)}"#
    }
}
