import ArgumentParser
import MuseShared

@main
struct MuseCustomer: AsyncParsableCommand {
    func run() async throws {}
}
