# The JVM program: `./hognose build` first, then `docker compose build`.
FROM eclipse-temurin:17-jre

RUN groupadd --system hognose && useradd --system --gid hognose --home-dir /hognose hognose
WORKDIR /hognose
COPY --chown=root:root app/target/lib lib
COPY --chown=root:root app/target/hognose.jar hognose.jar

USER hognose
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "hognose.jar"]
CMD ["--help"]
