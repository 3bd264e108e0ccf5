/// What went wrong around the product, in words for the person who runs the test.
package struct RigError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
