// swift-tools-version: 6.2
import PackageDescription

/// For `make fuzz-build`: our rooms tell libFuzzer which way an input went. It goes with
/// `--sanitize=address`, and not with `--sanitize=fuzzer`, which would put libFuzzer's `main`
/// into the test bundle, instrument BoringSSL, and turn all of this off beside `address`.
let isFuzzing = Context.environment["TIDEGATE_FUZZ"] != nil
let coverage: [SwiftSetting] = [
    .unsafeFlags([
        "-sanitize-coverage=edge,indirect-calls,trace-cmp,inline-8bit-counters,pc-table"
    ])
]

let isForThreads = Context.environment["TIDEGATE_TSAN"] != nil
/// Under a sanitizer our rooms are optimized, four times as fast, and keep what a debug build
/// checks of its own accord, as the bounds of unsafe buffers.
let quick: [SwiftSetting] = [.unsafeFlags(["-O", "-assert-config", "Debug"])]

/// Ours compile without a warning; the dependencies' warnings are theirs.
let strict: [SwiftSetting] =
    [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableExperimentalFeature("Lifetimes"),
    ] + (isFuzzing ? coverage : []) + (isFuzzing || isForThreads ? quick : [])

func room(
    _ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency] = [],
    resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "\(folder)/\(name)", resources: resources,
        swiftSettings: strict)
}

func command(
    _ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency]
) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: strict)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
        swiftSettings: strict)
}

func cLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/Libraries/\(name)", pkgConfig: pkgConfig,
        providers: [.apt([apt])])
}

/// Those that are shipped are part of the program.
let profiles: [Resource] = [
    "esphome", "homeassistant", "homie", "ifm", "kepserver", "lines", "lorawan", "neuron",
    "rtl433", "ruuvi", "shelly", "tasmota", "teltonika", "victron", "xiaomi", "zigbee2mqtt",
].map { .embedInCode("Profiles/Shipped/\($0).yaml") }

let arguments: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(
    name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let httpClient: Target.Dependency = .product(
    name: "AsyncHTTPClient", package: "async-http-client")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "tidegate",
    products: [
        .executable(name: "tidegate", targets: ["tidegate"]),
        .executable(name: "tidegate-receiver", targets: ["tidegate-receiver"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.10.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: [
        // The C libraries, each seen by one Swift target only; SQLite's also by the tests' disk.
        cLibrary("CMosquitto", pkgConfig: "libmosquitto", apt: "libmosquitto-dev"),
        cLibrary("COpenSSL", pkgConfig: "openssl", apt: "libssl-dev"),
        cLibrary("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        cLibrary("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
        room("Mosquitto", in: "Sources/Libraries", ["CMosquitto", "OpenSSL"]),
        room("OpenSSL", in: "Sources/Libraries", ["COpenSSL"]),
        room("SQLite", in: "Sources/Libraries", ["CSQLite"]),
        room("Zstd", in: "Sources/Libraries", ["CZstd"]),
        room("Threading", in: "Sources/Libraries"),
        room("Files", in: "Sources/Libraries"),

        // The way of a reading.
        room("Session", ["Core", "Mosquitto", "OpenSSL"]),
        room("LocalBroker", ["Core", "Mosquitto", "OpenSSL", "Threading"]),
        room("Core"),
        room("Wire", ["Core", "OpenSSL", "Zstd"]),
        room("Store", ["Core", "Files", "OpenSSL", "SQLite", "Threading", "Wire", "Zstd"]),
        room("Uplink", ["Core", "Wire", httpClient, nioCore, nioPosix, nioHTTP1, nioSSL, logging]),
        room("Console", [httpTypes, hummingbird, nioCore, logging, lifecycle]),
        room(
            "Gateway",
            [
                "Console", "Core", "Files", "LocalBroker", "Mosquitto", "OpenSSL", "Session",
                "Store", "Threading",
                httpClient, nioCore, nioHTTP1,
                "Uplink", "Wire", lifecycle, logging, signals, yams,
            ],
            resources: profiles),
        room("Export", ["Core", "Wire"]),
        room(
            "Receiver",
            [
                "Core", "Export", "Files", "OpenSSL", "SQLite", "Threading", "Wire", httpTypes,
                hummingbird,
                hummingbirdCore,
                hummingbirdTLS, lifecycle, logging, nioCore, nioSSL,
            ]),
        room("Trial", ["Core", "Export", "Simulator", "Wire"]),
        room("Simulator", ["Mosquitto", "OpenSSL", "Zstd", logging]),
        command(
            "tidegate",
            [
                "Gateway", "Simulator", "Console", "Core", "Export", "Store", "Trial", arguments,
                logging, lifecycle,
            ]),
        command(
            "tidegate-receiver",
            ["Export", "OpenSSL", "Receiver", arguments, logging, lifecycle, signals]),

        // The real parts around it, started and compared: for tests, demo and benchmark.
        room("Rig", in: "Tests", ["Mosquitto", "OpenSSL", "SQLite", "Zstd"]),
        // A disk for SQLite that fails on demand, and the store's life on it.
        room(
            "FaultyDisk", in: "Tests",
            ["Core", "CSQLite", "OpenSSL", "Simulator", "SQLite", "Store", "Wire"]),
        // The whole gateway in one process and in virtual time.
        room(
            "Simulation", in: "Tests",
            [
                "Console", "Core", "FaultyDisk", "Gateway", "OpenSSL", "Receiver", "SQLite",
                "Session", "Simulator", "Store", "Uplink", "Wire", "Zstd", logging,
            ]),
        // Every decoder of bytes from outside, and what must hold of it.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Core", "Export", "Gateway", "OpenSSL", "Receiver", "Simulator", "Uplink", "Wire",
                "Zstd",
            ],
            path: "Tests/FuzzTargets", exclude: ["Corpus"], swiftSettings: strict),
        command("tidegate-demo", in: "Tests", ["Rig"]),
        command(
            "tidegate-torture", in: "Tests",
            ["FaultyDisk", "Rig", "Simulation", "Simulator", "SQLite", arguments]),
        command(
            "tidegate-bench", in: "Benchmarks",
            ["Core", "Rig", "Mosquitto", "OpenSSL", nioCore, nioPosix, nioSSL]),
        tests("LibraryTests", ["Threading", "Mosquitto", "OpenSSL", "SQLite", "Zstd", "Rig"]),
        tests("CoreTests", ["Core", "Simulator"]),
        tests("WireTests", ["Core", "Simulator", "Wire", "OpenSSL", "Zstd"]),
        tests("SessionTests", ["Core", "OpenSSL", "Simulator", "Session"]),
        tests(
            "LocalBrokerTests",
            ["Core", "LocalBroker", "Mosquitto", "OpenSSL", "Rig", "Simulator"]),
        tests(
            "StoreTests",
            ["Core", "FaultyDisk", "Files", "OpenSSL", "Store", "Wire", "SQLite", "Zstd"]),
        tests("UplinkTests", ["Uplink", "Wire"]),
        tests(
            "GatewayTests",
            [
                "OpenSSL", "SQLite", "Simulator", "Wire", logging, "Console", "Core", "FaultyDisk",
                "Gateway", "LocalBroker", "Session", "Store", "Uplink",
            ]),
        tests(
            "ReceiverTests",
            [
                "Core", "Export", "Receiver", "Wire", "Rig", "OpenSSL", "SQLite", "Simulator",
                logging, lifecycle,
            ]),
        tests("SimulatorTests", ["Simulator"]),
        tests("TrialTests", ["Core", "Simulator", "Trial", "Zstd"]),
        tests("FuzzTests", ["FuzzTargets"]),
        tests("RigTests", ["Rig"]),
        tests("SimulationTests", ["Simulation", "Simulator"]),
        tests(
            "IntegrationTests", ["Core", "Mosquitto", "OpenSSL", "Rig", "SQLite", "Wire", "Zstd"],
            exclude: ["Clients"]),
    ],
    swiftLanguageModes: [.v6]
)

// libFuzzer has a `main` of its own, and is nothing to link where nobody fuzzes.
if isFuzzing {
    package.targets.append(
        .executableTarget(
            name: "tidegate-fuzz", dependencies: ["FuzzTargets"], path: "Tests/tidegate-fuzz",
            swiftSettings: strict, linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]))
}

// For `make tsan-build`: Swift's `Mutex` is made visible to the thread sanitizer.
if isForThreads {
    for target in package.targets where target.type == .executable || target.type == .test {
        target.dependencies.append("VisibleMutex")
    }
    package.targets.append(room("VisibleMutex", in: "Tests/Sanitizers"))
}
