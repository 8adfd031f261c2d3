import ArgumentParser
import MuseShared

/// The public site of the café and its JSON API.
@main
struct MuseCustomer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "MuseCustomer", abstract: "Serves the customer site and its API.")

    @Option(help: "The address to listen on; otherwise CUSTOMER_HOST.")
    var hostname: String?

    @Option(help: "The port to listen on, 0 for any; otherwise CUSTOMER_PORT.")
    var port: Int?

    func run() async throws {
        do {
            var configuration = try await MuseConfiguration.load(program: .customer)
            if let hostname { configuration.listener.host = hostname }
            if let port { configuration.listener.port = port }
            let program = try CustomerProgram(configuration)
            try await program.run()
        } catch {
            StartUp.refuse(error)
        }
    }
}
