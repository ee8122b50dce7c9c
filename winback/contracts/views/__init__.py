"""Pages of contracts: the paper, its register, deadlines, amendments, lines, cooperation."""
