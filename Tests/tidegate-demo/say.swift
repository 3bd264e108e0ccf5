internal import Foundation

/// A line on standard output, at once: `print` keeps lines back when that is no terminal.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
