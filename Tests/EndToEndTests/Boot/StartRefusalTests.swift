import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct StartRefusalTests {
        private struct Wrong: Sendable {
            let settings: [String: String]
            let named: [String]
        }

        private static let wrong: [Wrong] = [
            Wrong(settings: ["MUSE_ENV": "staging-value"], named: ["MUSE_ENV"]),
            Wrong(settings: ["DATABASE_URL": "mysql://secret-value"], named: ["DATABASE_URL"]),
            Wrong(settings: ["STRIPE_SECRET_KEY": "sk_live_secret-value"], named: ["STRIPE_SECRET_KEY"]),
            Wrong(
                settings: [
                    "RATE_LIMIT_PER_MINUTE": "many-value", "HOLD_MINUTES": "0", "TRUSTED_PROXIES": "here-value",
                ],
                named: ["RATE_LIMIT_PER_MINUTE", "HOLD_MINUTES", "TRUSTED_PROXIES"]),
            Wrong(settings: ["CORS_ALLOWED_ORIGINS": "*"], named: ["CORS_ALLOWED_ORIGINS"]),
            Wrong(settings: ["R2_BUCKET": "bucket-value"], named: ["R2_ENDPOINT", "R2_SECRET_ACCESS_KEY"]),
            Wrong(settings: ["MUSE_UNSAFE_DURABILITY": "perhaps-value"], named: ["MUSE_UNSAFE_DURABILITY"]),
            Wrong(
                settings: ["MUSE_ENV": "production", "MUSE_UNSAFE_DURABILITY": "off", "SERVICE_SECRET": "short-value"],
                named: ["MUSE_UNSAFE_DURABILITY", "SERVICE_SECRET", "STRIPE_SECRET_KEY", "DATABASE_URL"]),
            Wrong(settings: ["MUSE_CONFIG": "/nowhere/at-all-value"], named: ["MUSE_CONFIG"]),
        ]

        @Test(arguments: [("MuseCustomer", [String]()), ("MuseAdmin", ["serve"])])
        func `wrong configuration is told by name and never by value`(name: String, arguments: [String]) async throws {
            try await Self.inFolder { folder in
                for wrong in Self.wrong {
                    let ended = try await run(name, arguments, settings: wrong.settings, in: folder)
                    #expect(ended.code > 0, "\(wrong.named)")
                    #expect(ended.output.isEmpty, "\(wrong.named)")
                    #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
                    for variable in wrong.named { #expect(ended.errors.contains(variable), "\(ended.errors)") }
                    for value in wrong.settings.values where value.contains("value") {
                        #expect(!ended.errors.contains(value), "\(ended.errors)")
                    }
                }
            }
        }

        @Test(arguments: [("MuseCustomer", [String]()), ("MuseAdmin", ["serve"])])
        func `a schema that is missing or too new is refused`(name: String, arguments: [String]) async throws {
            try await Self.inFolder { folder in
                let path = folder.appending(path: "muse.db").path
                let settings = ["DATABASE_URL": "sqlite:\(path)", "CUSTOMER_PORT": "0", "ADMIN_PORT": "0"]
                let empty = try await run(name, arguments, settings: settings, in: folder)
                #expect(empty.code > 0 && empty.errors.contains("migrate"), "\(empty.errors)")

                let migrated = try await run("MuseAdmin", ["migrate"], settings: settings, in: folder)
                #expect(migrated.code == 0, "\(migrated.errors)")
                let again = try await run("MuseAdmin", ["migrate"], settings: settings, in: folder)
                #expect(again.code == 0)
                let child = try ChildProgram(name, arguments, settings: settings, folder: folder)
                _ = try await child.address()
                #expect(try await child.stop() == 0)

                let database = try Database(DatabaseLocation(path: path))
                try await database.write { transaction in
                    try transaction.execute(
                        """
                        INSERT INTO schema_migrations (number, name, content_hash, compatible_from, applied_at_ms)
                        VALUES (9999, '9999_of_tomorrow.sql', '', 9999, 0)
                        """)
                }
                database.close()
                let old = try await run(name, arguments, settings: settings, in: folder)
                #expect(old.code > 0 && old.errors.contains("9999"), "\(old.errors)")
            }
        }

        private static func inFolder(_ body: (URL) async throws -> Void) async throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "muse-e2e-\(IDSource.live.next())")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try await body(folder)
        }
    }
}
