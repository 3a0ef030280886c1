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
                "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Projects", "Spreadsheet",
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
                "Vocabulary", "Access", "CPostgreSQL", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        // JSON over HTTP for machines.
        .target(
            name: "API",
            dependencies: ["Vocabulary", .product(name: "Hummingbird", package: "hummingbird")]),

        // ── programs ──
        .executableTarget(
            name: "jialing",
            dependencies: [
                "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Spreadsheet", "Library",
                "Assessment", "Reporting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Prints a table of speeds and peak memory.
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Vocabulary", "Standards", "Identification", "Impact", "Credit", "Spreadsheet", "Library", "Assessment",
                "Projects", "Reporting", "jialing",
            ]),

        // ── tests ──
        .testTarget(name: "VocabularyTests", dependencies: ["Seeded", "Vocabulary"]),
        .testTarget(name: "SpreadsheetTests", dependencies: ["Seeded", "Spreadsheet", "CZlib"]),
        .testTarget(name: "ImpactTests", dependencies: ["Seeded", "Vocabulary", "Standards", "Impact"]),
        .testTarget(name: "IdentificationTests", dependencies: ["Seeded", "Identification"]),
        // A random generator with a seed, for every property test and fuzz.
        .target(name: "Seeded", path: "Tests/Seeded"),
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
        .testTarget(name: "AccessTests", dependencies: ["Seeded", "Vocabulary", "Access"]),
        .testTarget(name: "StoreTests", dependencies: ["Seeded", "Vocabulary", "Access", "Store"]),
        .testTarget(
            name: "APITests",
            dependencies: [
                "Seeded", "Vocabulary", "API", .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        .testTarget(name: "CommandTests", dependencies: ["jialing"], exclude: ["sessions"]),
    ],
    swiftLanguageModes: [.v6]
)
