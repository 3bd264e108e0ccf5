struct Bench {
    init(_ options: Options) throws {}
    func run() throws { throw BenchError(BenchError.usage) }
}
