"""Pure rules of the reports: the facts a report states, and the verdicts that follow from them."""
