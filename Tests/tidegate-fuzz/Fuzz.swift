import Foundation
import FuzzTargets

/// libFuzzer, with the decoder that `FUZZ_TARGET` names. Takes libFuzzer's own arguments.
@main
enum Fuzz {
    static let target = ProcessInfo.processInfo.environment["FUZZ_TARGET"].flatMap { name in
        FuzzTarget.all.first { $0.name == name }
    }

    static func main() {
        guard target != nil else {
            let names = FuzzTarget.all.map(\.name).joined(separator: ", ")
            FileHandle.standardError.write(Data("FUZZ_TARGET is one of \(names)\n".utf8))
            exit(64)
        }
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(runDriver(&count, &arguments, testOneInput))
    }
}

/// libFuzzer's own `main` looks for it by this name.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    do {
        try Fuzz.target?.run(input)
    } catch {
        fatalError("\(error)")
    }
    return 0
}

/// libFuzzer, for who has a `main` (https://llvm.org/docs/LibFuzzer.html, "Using libFuzzer as
/// a library"): SwiftPM wants one of each program.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
