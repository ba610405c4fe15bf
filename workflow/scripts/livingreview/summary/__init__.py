"""The bilingual summary: model, figures, documents."""
