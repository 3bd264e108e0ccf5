internal import Console
internal import Core
internal import Store

extension GatewayStatus {
    mutating func take(_ figures: OutboxFigures) {
        epoch = figures.epoch
        outbox.records = figures.records
        outbox.batches = figures.batches
        outbox.batchRecords = figures.batchRecords
        store.fileBytes = figures.fileBytes
        store.deadLetters = figures.deadLetters
        store.setAside = figures.setAside
        gaps = Dictionary(
            uniqueKeysWithValues: figures.gaps.map { cause, sum in (cause.name, sum) })
    }
}
