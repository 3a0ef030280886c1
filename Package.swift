// swift-tools-version: 6.2
import PackageDescription

// The plan of the house, ground floor first. A target sees only what its line lists.
let package = Package(
    name: "jialing",
    products: [.executable(name: "jialing", targets: ["jialing"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        // What Hummingbird stands on, named for the parts that the web server uses itself.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.94.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.30.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // ── domain, pure: values in, values out ──
        // The words everyone uses: money, quantities with units, periods, codes.
        .target(name: "Vocabulary"),
        // Is it green? Catalogues as data, facts, criteria, verdicts.
        .target(name: "Standards", dependencies: ["Vocabulary"]),
        // Which item do these words mean? Text to ranked candidates with reasons.
        .target(name: "Identification"),
        // How much good does it do? Methods, factors, attribution.
        .target(name: "Impact", dependencies: ["Vocabulary", "Standards"]),
        // What is financed? Ledger rows, their assessment, the totals of a book.
        .target(name: "Credit", dependencies: ["Vocabulary", "Standards", "Identification", "Impact"]),
        // Who may do what? Organisations, roles, passwords, tokens, the permission matrix.
        .target(
            name: "Access",
            dependencies: [
                "Vocabulary",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),

        // What is to be financed? Projects, their owners and stages; the same one found again, two put together.
        .target(name: "Projects", dependencies: ["Vocabulary", "Standards"]),

        // What do all lenders have together? The cube of sums, loans of one project, totals that may be shown.
        .target(name: "Statistics", dependencies: ["Vocabulary", "Standards", "Credit", "Projects"]),

        // ── edges: files in, files out ──
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        // Tables from and to CSV and XLSX, streaming.
        .target(name: "Spreadsheet", dependencies: ["CZlib", "CExpat", "CXLSXWriter"]),
        // Reads, checks and caches what stands under Library/.
        .target(
            name: "Library",
            dependencies: [
                "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Projects", "Statistics",
                "Spreadsheet",
                .product(name: "Yams", package: "Yams"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // A ledger through the house: read, judge on every core, write rows in order.
        .target(
            name: "Assessment",
            dependencies: [
                "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Spreadsheet", "Library",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // The statement as a page, a workbook and JSON. Identification stands here because RuleLibrary holds its model:
        // without it an incremental release build misses a change of the model's layout.
        .target(
            name: "Reporting",
            dependencies: [
                "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Spreadsheet", "Library", "Assessment",
            ]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        // Where everything is kept: one Database, SQLite or PostgreSQL behind it; all SQL stands here.
        .target(
            name: "Store",
            dependencies: [
                "Vocabulary", "Standards", "Credit", "Projects", "Statistics", "Access", "CPostgreSQL",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // The use cases: who may do what, in one transaction, with its act in the audit trail.
        .target(
            name: "Platform",
            dependencies: [
                "Vocabulary", "Standards", "Identification", "Credit", "Projects", "Statistics", "Access",
                "Spreadsheet", "Library", "Assessment", "Reporting", "Store", "Impact",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        // Pages for people.
        .target(
            name: "Portal",
            dependencies: [
                "Vocabulary", "Standards", "Impact", "Credit", "Projects", "Statistics", "Access", "Library",
                "Reporting", "Store", "Platform", "Web",
                .product(name: "Hummingbird", package: "hummingbird"),
            ]),
        // One HTTP server for pages and machines: limits, headers, cookies, forms, problems.
        .target(
            name: "Web",
            dependencies: [
                "Vocabulary", "Access",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        // JSON over HTTP for machines: endpoints described once give routes, checks and OpenAPI.
        .target(
            name: "API",
            dependencies: [
                "Vocabulary", "Standards", "Credit", "Projects", "Statistics", "Access", "Library", "Reporting",
                "Store", "Platform", "Web",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]),

        // A running server of all these.
        .target(
            name: "Service",
            dependencies: [
                "Vocabulary", "Access", "Library", "Store", "Platform", "Web", "API", "Portal",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // ── programs ──
        .executableTarget(
            name: "jialing",
            dependencies: [
                "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Spreadsheet", "Library",
                "Assessment", "Reporting", "Store", "Platform", "Web", "Service",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Prints a table of speeds and peak memory.
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Spreadsheet", "Library", "Assessment",
                "Projects", "Statistics", "Reporting", "jialing", "Access", "Store", "Platform", "Service",
                .product(name: "Logging", package: "swift-log"),
            ]),

        // ── tests ──
        .testTarget(name: "VocabularyTests", dependencies: ["Seeded", "LibraryFixtures", "Vocabulary"]),
        .testTarget(name: "SpreadsheetTests", dependencies: ["Seeded", "Spreadsheet", "CZlib"]),
        .testTarget(name: "ImpactTests", dependencies: ["Seeded", "Vocabulary", "Standards", "Impact"]),
        .testTarget(name: "IdentificationTests", dependencies: ["Seeded", "Identification"]),
        // A random generator with a seed, for every property test and fuzz.
        .target(name: "Seeded", path: "Tests/Seeded"),
        // The phrases and other files under Library/, for tests of what stands below their reader.
        .target(name: "LibraryFixtures", dependencies: ["Vocabulary"], path: "Tests/LibraryFixtures"),
        // Small ledgers, and what comes of them under the library of the repository: for several test targets.
        .target(
            name: "LedgerFixtures",
            dependencies: ["Vocabulary", "Credit", "Spreadsheet", "Library", "Assessment"],
            path: "Tests/LedgerFixtures"),
        .testTarget(
            name: "AssessmentTests",
            dependencies: [
                "Seeded", "Assessment", "Vocabulary", "Standards", "Credit", "Spreadsheet", "Library", "LedgerFixtures",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .testTarget(
            name: "ReportingTests",
            dependencies: [
                "Reporting", "Assessment", "Vocabulary", "Standards", "Credit", "Spreadsheet", "Library",
                "LedgerFixtures",
            ]),
        .testTarget(name: "StandardsTests", dependencies: ["Seeded", "Standards", "Vocabulary"]),
        .testTarget(
            name: "LibraryTests",
            dependencies: [
                "Seeded", "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Spreadsheet", "Library",
                "Assessment",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            // Read from the package where it stands, as the library itself is.
            exclude: ["Fixtures"]),
        .testTarget(
            name: "CreditTests",
            dependencies: ["Seeded", "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Library"]),
        .testTarget(
            name: "ProjectsTests",
            dependencies: ["Seeded", "Vocabulary", "Standards", "Projects", "Credit", "Spreadsheet", "Library"]),
        .testTarget(
            name: "StatisticsTests",
            dependencies: [
                "Seeded", "Vocabulary", "Standards", "Credit", "Projects", "Statistics", "Library", "LedgerFixtures",
            ]),
        .testTarget(name: "AccessTests", dependencies: ["Seeded", "LibraryFixtures", "Vocabulary", "Access"]),
        // Fresh databases on both engines, for every test target that needs one.
        .target(name: "DatabaseFixtures", dependencies: ["Vocabulary", "Store"], path: "Tests/DatabaseFixtures"),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Seeded", "LibraryFixtures", "Vocabulary", "Standards", "Credit", "Statistics", "Access", "Store",
                "DatabaseFixtures",
            ],
            // Read from the package where it stands.
            exclude: ["Fixtures"]),
        // A site whose clock, chance, people and log are known, asked without a socket.
        .target(
            name: "WebFixtures",
            dependencies: [
                "LibraryFixtures", "Vocabulary", "Access", "Web",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ], path: "Tests/WebFixtures"),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Seeded", "LibraryFixtures", "Vocabulary", "Access", "Web", "WebFixtures",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "APITests",
            dependencies: [
                "Seeded", "LibraryFixtures", "Vocabulary", "Access", "Store", "Web", "API", "WebFixtures",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]),
        // A platform with a clock that stands still, for the tests of use cases, pages and the API.
        .target(
            name: "PlatformFixtures",
            dependencies: [
                "Seeded", "Vocabulary", "Identification", "Library", "Access", "Projects", "Spreadsheet", "Store",
                "Platform",
                "DatabaseFixtures", "LedgerFixtures", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ], path: "Tests/PlatformFixtures"),
        .testTarget(
            name: "PlatformTests",
            dependencies: [
                "Seeded", "Vocabulary", "Standards", "Credit", "Projects", "Statistics", "Access", "Spreadsheet",
                "Assessment", "Library", "Store", "Platform", "PlatformFixtures", "DatabaseFixtures", "LedgerFixtures",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // Journeys through the pages, in memory.
        .testTarget(
            name: "PortalTests",
            dependencies: [
                "Vocabulary", "Projects", "Access", "Store", "Platform", "Web", "Portal", "Service", "PlatformFixtures",
                "DatabaseFixtures", "LedgerFixtures", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        // The running service over HTTP: who may do what, and what the API answers.
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Vocabulary", "Standards", "Projects", "Credit", "Access", "Library", "Store", "Platform", "Web", "API",
                "Service",
                "PlatformFixtures", "DatabaseFixtures", "LedgerFixtures",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .testTarget(name: "CommandTests", dependencies: ["jialing"], exclude: ["sessions"]),
        // The server as a process of its own: killed, stopped, doubled and attacked.
        .testTarget(
            name: "ProcessTests",
            dependencies: [
                "Seeded", "Vocabulary", "Store", "DatabaseFixtures", "LedgerFixtures", "jialing",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
