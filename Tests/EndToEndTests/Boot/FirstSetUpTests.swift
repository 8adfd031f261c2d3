import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    /// From an empty folder to a place that answers, with the commands that the README names.
    @Suite struct FirstSetUpTests {
        @Test func `neither service is ready before there is a venue, and both are after its set-up`() async throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "muse-e2e-\(IDSource.live.next())")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let settings = [
                "DATABASE_URL": "sqlite:\(folder.path)/muse.db", "CUSTOMER_PORT": "0", "ADMIN_PORT": "0",
                "RATE_LIMIT_PER_MINUTE": "10000",
            ]
            #expect(try await run("MuseAdmin", ["migrate"], settings: settings, in: folder).code == 0)
            let services = [
                try ChildProgram("MuseCustomer", [], settings: settings, folder: folder),
                try ChildProgram("MuseAdmin", ["serve"], settings: settings, folder: folder),
            ]
            var sites: [WebClient] = []
            for service in services { sites.append(WebClient(base: try await service.address())) }
            for site in sites {
                for _ in 0..<3 {
                    let answer = try await site.get("/readyz")
                    #expect(answer.status == 503)
                    #expect(answer.text.contains("MuseAdmin venue set-up"), "\(answer.text)")
                }
                #expect(try await site.get("/healthz").status == 200)
            }
            #expect(try await sites[0].get("/api/menu").status == 503)

            let setUp = ["venue", "set-up", "--name", "Muse & Co", "--currency", "USD", "--time-zone"]
            let refused = try await run("MuseAdmin", setUp + ["Charlotte"], settings: settings, in: folder)
            #expect(refused.code > 0 && refused.errors.contains("Charlotte is no time zone"), "\(refused.errors)")
            let zone = ["America/New_York", "--tax", "Sales tax=7.25"]
            let made = try await run("MuseAdmin", setUp + zone, settings: settings, in: folder)
            #expect(made.code == 0 && made.output.contains("Muse & Co is set up."), "\(made.errors)")
            let again = try await run("MuseAdmin", setUp + zone, settings: settings, in: folder)
            #expect(again.code == 0 && again.output.contains("there already"), "\(again.errors)")

            for site in sites { #expect(try await site.get("/readyz").status == 200) }
            let home = try await sites[0].get("/")
            #expect(home.status == 200 && home.text.contains("Hours on request"))
            #expect(try await sites[0].get("/menu").status == 200)
            for service in services {
                #expect(try await service.stop() == 0)
                // What the periodic work and the probes met again and again is said once by each of them.
                let lines = service.complained.split(separator: "\n").filter { $0.contains("venue is not set up") }
                #expect((1...4).contains(lines.count), "\(service.complained)")
            }
        }
    }
}
