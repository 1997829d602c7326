FROM local/debian
RUN mkdir -p /mosquitto/config /mosquitto/data && chown -R mosquitto:mosquitto /mosquitto
VOLUME /mosquitto/data
EXPOSE 1883
CMD ["/usr/sbin/mosquitto", "-c", "/mosquitto/config/mosquitto.conf"]
