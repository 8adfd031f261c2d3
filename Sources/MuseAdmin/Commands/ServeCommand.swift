import ArgumentParser
import MuseShared

/// `MuseAdmin serve`: the staff site and its API.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serve the staff site.")

    @Option(help: "The address to listen on; otherwise ADMIN_HOST.")
    var hostname: String?

    @Option(help: "The port to listen on, 0 for any; otherwise ADMIN_PORT.")
    var port: Int?

    func run() async throws {
        do {
            var configuration = try await MuseConfiguration.load(program: .admin)
            if let hostname { configuration.listener.host = hostname }
            if let port { configuration.listener.port = port }
            try await AdminProgram(configuration).run()
        } catch {
            StartUp.refuse(error)
        }
    }
}
