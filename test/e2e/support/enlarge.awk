# A clinical-data file with its participants repeated: each copy with keys of its own,
# "0-01", "1-01", ….  awk -v copies=N -f enlarge.awk FILE
/<SubjectData /,/<\/SubjectData>/ {
    subject = subject $0 "\n"
    if (/<\/SubjectData>/) {
        all[n++] = subject
        subject = ""
    }
    next
}
/<\/ClinicalData>/ {
    for (c = 0; c < copies; c++)
        for (i = 0; i < n; i++) {
            one = all[i]
            sub(/SubjectKey="/, "SubjectKey=\"" c "-", one)
            printf "%s", one
        }
}
{ print }
